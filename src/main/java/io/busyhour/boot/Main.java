package io.busyhour.boot;

import io.busyhour.boot.log.Logs;
import io.busyhour.boot.settings.InvalidConfiguration;
import io.busyhour.boot.settings.Settings;
import io.busyhour.cli.Cli;
import io.busyhour.cli.Launch;
import io.busyhour.cli.simulate.Demo;
import io.busyhour.journal.JournalUnavailable;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The process: one command, and its exit code. */
public final class Main {
  private static final System.Logger LOG = System.getLogger(Main.class.getName());
  private static final int WRONG = 2;
  private static final String DEMO_DATABASE = "jdbc:h2:file:./data/demo";

  private Main() {}

  /** Runs a command; see {@code busyhour --help}. */
  public static void main(String[] args) {
    Logs.standard();
    System.exit(Cli.run(Main::run, args));
  }

  private static int run(Launch.Task task) throws InterruptedException {
    return switch (task) {
      case SERVE -> serve(false);
      case DEMO -> serve(true);
      case CHECK -> check();
    };
  }

  private static int check() {
    try {
      Busyhour.check();
    } catch (InvalidConfiguration e) {
      return cannotStart(e.getMessage());
    }
    System.out.println("The settings are as they should be.");
    return 0;
  }

  private static int serve(boolean demo) throws InterruptedException {
    Busyhour server;
    try {
      server = Busyhour.start(demo ? demoSettings() : Map.of());
    } catch (InvalidConfiguration e) {
      return cannotStart(e.getMessage());
    } catch (JournalUnavailable e) {
      return cannotStart(
          "busyhour.database.url: the database cannot be written (expected: a user who may write,"
              + " and room on the disk); its own message: "
              + e.getCause().getMessage());
    }
    LOG.log(Level.INFO, "Busyhour listens on {0}", server.uri());
    if (demo) {
      Demo.start(server.uri(), null, said -> LOG.log(Level.WARNING, said));
      LOG.log(Level.INFO, "The demo sends simulated traffic; see {0}/metrics", server.uri());
    }
    // Until the process is told to end: the container's own hook then shuts it down in order.
    new CountDownLatch(1).await();
    return 0;
  }

  private static int cannotStart(String why) {
    System.err.println("busyhour cannot start:");
    System.err.println(why.indent(2).stripTrailing());
    return WRONG;
  }

  /** The demo keeps away from real data, unless somebody says where it is to write. */
  private static Map<String, String> demoSettings() {
    Config config = ConfigProvider.getConfig();
    if (config.getOptionalValue(Settings.TOKENS.key(), String.class).isPresent()) {
      throw new InvalidConfiguration(
          List.of(
              "busyhour.tokens: (expected: not set for the demo, whose traffic has no token; use"
                  + " serve, and simulate --token-file)"));
    }
    Map<String, String> settings = new HashMap<>();
    String key = Settings.DATABASE_URL.key();
    if (config.getOptionalValue(key, String.class).isEmpty()) {
      settings.put(key, DEMO_DATABASE);
    }
    return settings;
  }
}
