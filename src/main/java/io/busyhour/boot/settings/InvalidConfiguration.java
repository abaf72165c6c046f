package io.busyhour.boot.settings;

import java.util.List;

/** Says everything that is wrong with the settings, a line each. */
public final class InvalidConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** These lines, each with the key, the value and what is expected. */
  public InvalidConfiguration(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
  }
}
