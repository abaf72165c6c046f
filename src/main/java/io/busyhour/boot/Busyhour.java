package io.busyhour.boot;

import io.busyhour.boot.log.Logs;
import io.busyhour.boot.settings.Configuration;
import io.busyhour.boot.settings.InvalidConfiguration;
import io.busyhour.boot.settings.Settings;
import io.busyhour.boot.settings.TokenFile;
import io.helidon.microprofile.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A running server. One at a time in a process, because a CDI container is: {@link #start} fails
 * while another runs.
 */
public final class Busyhour implements AutoCloseable {
  private static final int ABOVE_ALL = 1000;
  private static final int BELOW_ALL = 0;
  private static final String OURS = "io.busyhour";

  /** Not a file that MicroProfile Config finds by itself: it is of this server only. */
  private static final String DEFAULTS = "/server-defaults.properties";

  private static volatile Core running;

  private final Server server;

  private Busyhour(Server server) {
    this.server = server;
  }

  /**
   * Starts a server and returns when it listens; it may still be catching up with its journal then.
   *
   * @param settings hold above those of the process, the environment and the file
   * @throws InvalidConfiguration with everything that is wrong with the settings
   */
  public static Busyhour start(Map<String, String> settings) {
    return start(settings, Clock.systemUTC());
  }

  /** Starts one that lives by a clock. */
  static Busyhour start(Map<String, String> settings, Clock clock) {
    if (running != null) {
      throw new IllegalStateException("a server runs in this process already");
    }
    Config config = configure(settings);
    Configuration configuration = Configuration.read(config);
    Logs.format(configuration.get(Settings.LOG_FORMAT));
    configuration.find(Settings.LOG_LEVEL).ifPresent(level -> Logs.levels(Map.of(OURS, level)));
    configuration.find(Settings.LOG_LEVELS).ifPresent(Logs::levels);
    checkPort(configuration);
    running = Core.open(configuration, clock);
    try {
      Server server = Server.builder().config(config).build().start();
      if (server.port() <= 0) {
        // It logs why, shuts itself down and returns all the same.
        throw new IllegalStateException("the web server did not start; the log says why");
      }
      return listening(server);
    } catch (RuntimeException e) {
      stopCore();
      throw e;
    }
  }

  /**
   * Reads the settings as a start does, and opens nothing.
   *
   * @throws InvalidConfiguration with everything that is wrong with them
   */
  static void check() {
    Configuration configuration = Configuration.read(configure(Map.of()));
    configuration.find(Settings.TOKENS).ifPresent(TokenFile::read);
  }

  private static Busyhour listening(Server server) {
    try {
      running.listen();
      return new Busyhour(server);
    } catch (RuntimeException e) {
      server.stop();
      throw e;
    }
  }

  /** Asked first, because the web server answers a port that is taken with a trace in the log. */
  private static void checkPort(Configuration configuration) {
    String host = configuration.get(Settings.HOST);
    int port = configuration.get(Settings.PORT);
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new InvalidConfiguration(
          List.of(
              ("server.port: \"%d\" cannot be listened on at %s: %s"
                      + " (expected: a free port; 0 takes any)")
                  .formatted(port, host, e.getMessage())));
    }
  }

  private static Config configure(Map<String, String> settings) {
    ConfigProviderResolver resolver = ConfigProviderResolver.instance();
    Config config =
        resolver
            .getBuilder()
            .addDefaultSources()
            .addDiscoveredSources()
            .addDiscoveredConverters()
            .withSources(
                new Given("start", ABOVE_ALL, settings),
                new Given("server defaults", BELOW_ALL, defaults()))
            .build();
    resolver.releaseConfig(ConfigProvider.getConfig());
    resolver.registerConfig(config, Thread.currentThread().getContextClassLoader());
    return config;
  }

  private static Map<String, String> defaults() {
    Properties read = new Properties();
    try (InputStream in = Busyhour.class.getResourceAsStream(DEFAULTS)) {
      read.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(DEFAULTS + " cannot be read", e);
    }
    return read.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(key -> key, read::getProperty));
  }

  /** What the beans of the container stand on; null where nobody started a server. */
  static Core core() {
    return running;
  }

  /** Called when the doors are shut. */
  static void stopCore() {
    Core core = running;
    if (core != null) {
      running = null;
      core.close();
    }
  }

  /** Where the server listens. */
  public URI uri() {
    String host = ConfigProvider.getConfig().getValue(Settings.HOST.key(), String.class);
    String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + server.port());
  }

  /** The port on which StatsD is listened for, of UDP and of TCP, if it is. */
  public OptionalInt statsdPort() {
    return running.statsdPort();
  }

  /** Shuts the doors, finishes what was accepted, and lets the database go. */
  @Override
  public void close() {
    server.stop();
  }

  private record Given(String name, int ordinal, Map<String, String> settings)
      implements ConfigSource {
    @Override
    public Set<String> getPropertyNames() {
      return settings.keySet();
    }

    @Override
    public String getValue(String name) {
      return settings.get(name);
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public int getOrdinal() {
      return ordinal;
    }
  }
}
