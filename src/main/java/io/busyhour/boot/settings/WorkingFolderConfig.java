package io.busyhour.boot.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** {@code busyhour.properties} in the working folder, below the environment. */
public final class WorkingFolderConfig implements ConfigSource {
  private static final Path FILE = Path.of("busyhour.properties");
  private static final int BELOW_ENVIRONMENT = 200;

  private final Map<String, String> properties;

  /** Reads the file, if there is one. */
  public WorkingFolderConfig() {
    properties = Files.exists(FILE) ? read() : Map.of();
  }

  private static Map<String, String> read() {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(FILE)) {
      read.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE.toAbsolutePath() + " cannot be read", e);
    }
    return read.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(k -> k, read::getProperty));
  }

  @Override
  public int getOrdinal() {
    return BELOW_ENVIRONMENT;
  }

  @Override
  public Set<String> getPropertyNames() {
    return properties.keySet();
  }

  @Override
  public String getValue(String name) {
    return properties.get(name);
  }

  @Override
  public String getName() {
    return FILE.toString();
  }
}
