package io.busyhour.receive.librato;

/**
 * One measurement of a line.
 *
 * @param name Librato's name of it
 */
record Measurement(Kind kind, String name, Amount amount) {

  /** How measurements of one name belong together. */
  enum Kind {
    /** Their sum is of interest. */
    COUNT,
    /** The last of them is. */
    SAMPLE,
    /** All of them are. */
    MEASURE
  }
}
