package io.busyhour.receive.fuzz;

import java.util.List;

/** A parser of outside input, and good input for it, to be spoiled. */
public interface Target {

  /** The parser's name. */
  String name();

  /** Real payloads. */
  List<byte[]> payloads();

  /**
   * Reads an input to its end and makes events of it.
   *
   * @throws io.busyhour.http.Refusal if it is not good; anything else that is thrown is a fault
   */
  void parse(byte[] input);
}
