package io.busyhour.serve.export;

import io.busyhour.event.field.PhoneNumber;

/** Where the fields of a call are written to, one call after the other. */
interface Cells {
  /** A call begins. */
  void begin();

  /** A text of the senders', or null. */
  void text(String name, String value);

  /** A constant's name, written in lower case, or null. */
  void word(String name, String constant);

  /** A figure, or null. */
  void figure(String name, Number value);

  /** A time in microseconds, or unknown. */
  void time(String name, long micros);

  /** From here on, fields that are unknown may be left out. */
  void rest();

  /** A call ends. */
  void end();

  /** What is written so far. */
  Bytes bytes();

  /** A number as it is shown; most are a plus and digits, for which no pattern is needed. */
  static String masked(String number) {
    if (number == null) {
      return null;
    }
    int last = number.length() - 1;
    if (last < 7 || last > 15 || number.charAt(0) != '+') {
      return PhoneNumber.mask(number);
    }
    for (int i = 1; i <= last; i++) {
      if (number.charAt(i) < '0' || number.charAt(i) > '9') {
        return PhoneNumber.mask(number);
      }
    }
    return number.substring(0, last - 3).concat("****");
  }
}
