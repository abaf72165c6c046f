package io.busyhour.boot.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * The settings as they hold in this process. All faults are found at once: unknown keys, values
 * that are not as expected, files that cannot be read.
 */
public final class Configuration {
  private static final String OURS = "busyhour.";
  private static final String OUR_VARIABLES = "BUSYHOUR_";
  private static final String FILE = "-file";
  // Variables that the start script reads; they are no settings of the server.
  private static final Set<String> NOT_OURS = Set.of("BUSYHOUR_JAVA_OPTS");
  // Kubernetes puts such variables into every container beside a Service of the name busyhour.
  private static final Pattern KUBERNETES = Pattern.compile("BUSYHOUR_(SERVICE_|PORT(_|$)).*");

  private final Map<Setting<?>, Object> values = new HashMap<>();

  private Configuration() {}

  /**
   * Reads all settings.
   *
   * @throws InvalidConfiguration with every fault that there is
   */
  public static Configuration read(Config config) {
    Configuration configuration = new Configuration();
    List<String> faults = new ArrayList<>(unknown(config));
    for (Setting<?> setting : Settings.ALL) {
      configuration.read(setting, config, faults);
    }
    configuration.checkPoller(faults);
    WebhookSettings.checkTogether(configuration, faults);
    if (faults.isEmpty()) {
      configuration.checkTogether(faults);
    }
    if (!faults.isEmpty()) {
      throw new InvalidConfiguration(faults);
    }
    return configuration;
  }

  /** The value of a setting, or empty where none is set and none is standard. */
  @SuppressWarnings("unchecked") // values holds for each setting what its own reader gave
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting));
  }

  /** The value of a setting that always has one. */
  public <T> T get(Setting<T> setting) {
    return find(setting).orElseThrow(() -> new IllegalStateException(setting.key()));
  }

  private void read(Setting<?> setting, Config config, List<String> faults) {
    Optional<String> text = config.getOptionalValue(setting.key(), String.class);
    if (setting.secret() && text.isEmpty()) {
      text = fromFile(setting, config, faults);
    }
    String value = text.map(String::strip).orElse(setting.standard());
    if (value == null || value.isEmpty()) {
      return;
    }
    try {
      values.put(setting, setting.reader().apply(value));
    } catch (RuntimeException e) {
      // Whatever a reader throws, it means that the value is not as expected.
      String shown = setting.secret() ? "(secret)" : '"' + withoutPassword(value) + '"';
      faults.add("%s: %s (expected: %s)".formatted(setting.key(), shown, setting.expected()));
    }
  }

  /** A value that was meant as an address may hold a user's name and password. */
  private static String withoutPassword(String value) {
    return value
        .replaceAll("//[^/@\\s]*@", "//***@")
        .replaceAll("(?i)password=[^&;\\s]*", "password=***");
  }

  private static Optional<String> fromFile(Setting<?> setting, Config config, List<String> faults) {
    String key = setting.key() + FILE;
    Optional<String> path = config.getOptionalValue(key, String.class);
    if (path.isEmpty()) {
      return path;
    }
    try {
      return Optional.of(Files.readString(Path.of(path.get())).strip());
    } catch (IOException | RuntimeException e) {
      faults.add("%s: \"%s\" (expected: the path of a readable file)".formatted(key, path.get()));
      return Optional.empty();
    }
  }

  private void checkPoller(List<String> faults) {
    String token = Settings.TWILIO_TOKENS.key();
    boolean isTokenFaulty = faults.stream().anyMatch(fault -> fault.startsWith(token));
    if (find(Settings.TWILIO_ACCOUNT).isPresent()
        && find(Settings.TWILIO_TOKENS).isEmpty()
        && !isTokenFaulty) {
      faults.add(
          "%s: (not set) (expected: the auth token of the account that %s names)"
              .formatted(token, Settings.TWILIO_ACCOUNT.key()));
    }
  }

  private void checkTogether(List<String> faults) {
    String host = get(Settings.HOST);
    if (find(Settings.TOKENS).isEmpty() && !Loopback.is(host)) {
      faults.add(
          "server.host: \"%s\" (expected: a loopback address while busyhour.tokens is not set;"
                  .formatted(host)
              + " without tokens everybody who reaches this address could read and send)");
    }
    if (get(Settings.MAX_BATCH_BYTES) < get(Settings.MAX_BYTES)) {
      faults.add(
          "busyhour.receive.max-batch-bytes: (expected: not below busyhour.receive.max-bytes)");
    }
  }

  private static List<String> unknown(Config config) {
    Set<String> keys = new TreeSet<>();
    for (Setting<?> setting : Settings.ALL) {
      keys.add(setting.key());
      if (setting.secret()) {
        keys.add(setting.key() + FILE);
      }
    }
    Set<String> variables =
        keys.stream().map(Setting::variable).collect(Collectors.toCollection(TreeSet::new));
    List<String> faults = new ArrayList<>();
    for (String name : new TreeSet<>(names(config))) {
      boolean ours = name.startsWith(OURS) && !keys.contains(name);
      boolean ourVariable =
          name.startsWith(OUR_VARIABLES)
              && !NOT_OURS.contains(name)
              && !KUBERNETES.matcher(name).matches()
              && !variables.contains(name);
      if (ours || ourVariable) {
        String nearest = nearest(name, ours ? keys : variables);
        faults.add("%s: unknown setting (did you mean %s?)".formatted(name, nearest));
      }
    }
    return faults;
  }

  private static Set<String> names(Config config) {
    Set<String> names = new TreeSet<>();
    config.getPropertyNames().forEach(names::add);
    return names;
  }

  private static String nearest(String name, Set<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(k -> Distance.between(name, k)))
        .orElseThrow();
  }
}
