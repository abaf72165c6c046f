package io.busyhour.journal;

/** Where the contract tries a journal: a store of its own that can be made to fail. */
interface JournalBench extends AutoCloseable {

  /** Opens the journal on what the store holds; the one before it was closed. */
  Journal open(JournalSettings settings, HandClock clock);

  /** From now on no transaction succeeds. */
  void fail();

  /** From now on no transaction ends, and none fails. */
  void hold();

  /** Ends {@link #fail} and {@link #hold}. */
  void recover();

  /** Empties the store. */
  @Override
  void close();
}
