package io.busyhour.event.field;

/** An enum whose constants are not written as their lower-case names. */
public interface Word {
  /** What senders write for this constant. */
  String word();
}
