package io.busyhour.projection.calls.facts;

/**
 * The facts of a row of which different events may say different things. The earliest statement by
 * event time stands, or the latest where the fact changes in the course of things.
 */
public enum Fact {
  ACCOUNT('a'),
  USER('u'),
  CAMPAIGN('c'),
  TRUNK('t'),
  PROVIDER('p'),
  DIRECTION('d'),
  FROM('f'),
  TO('o'),
  ZONE('z'),
  ORIGINATION('O'),
  DESTINATION('D'),
  PARENT('P'),
  ANSWERED_BY('h'),
  PDD('r'),
  SIP_CODE('s'),
  Q850('q'),
  HANGUP_SOURCE('g'),
  DURATION('l'),
  COST('m'),
  CURRENCY('y'),
  ERROR_TYPE('e'),
  BRAND('b'),
  SEGMENTS('n'),
  CARRIER('i'),
  CODEC('C', true),
  MOS('M', true),
  R_FACTOR('R', true),
  JITTER('J', true),
  LOSS('L', true),
  RTT('T', true),
  STATUS('S', true),
  PENDING_LEADS('N', true),
  CAMPAIGN_USER('U', true),
  ACCOUNT_TYPE('K', true),
  BALANCE('B', true),
  CREDIT_LIMIT('X', true),
  ALERT_THRESHOLD('W', true),
  SESSION_ACCOUNT('1', true),
  SESSION_CAMPAIGN('2', true),
  SESSION_CAMPAIGN_TYPE('3', true),
  EVENT_TYPE('4'),
  PARTNER('5');

  private static final Fact[] BY_LETTER = new Fact[128];

  static {
    for (Fact fact : values()) {
      if (BY_LETTER[fact.letter] != null) {
        throw new IllegalStateException("two facts have the letter " + fact.letter);
      }
      BY_LETTER[fact.letter] = fact;
    }
  }

  // The letter is what rows hold: it must never change.
  private final char letter;
  private final boolean latestStands;

  Fact(char letter) {
    this(letter, false);
  }

  Fact(char letter, boolean latestStands) {
    this.letter = letter;
    this.latestStands = latestStands;
  }

  char letter() {
    return letter;
  }

  boolean latestStands() {
    return latestStands;
  }

  static Fact of(char letter) {
    return BY_LETTER[letter];
  }
}
