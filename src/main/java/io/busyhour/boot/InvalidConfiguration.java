package io.busyhour.boot;

import java.util.List;

/** Says everything that is wrong with the settings, a line each. */
final class InvalidConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidConfiguration(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
  }
}
