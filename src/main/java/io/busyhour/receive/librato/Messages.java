package io.busyhour.receive.librato;

/** The messages of a body, one after the other. */
interface Messages {

  /** The next one, or null after the last. */
  Message next();

  /** How often something was passed over so far that is no message. */
  int broken();
}
