package io.busyhour.journal;

class MemoryJournalTest extends JournalContract {
  @Override
  JournalBench newBench() {
    return new JournalBench() {
      private MemoryJournal journal;

      @Override
      public Journal open(JournalSettings settings, HandClock clock) {
        journal =
            journal == null ? new MemoryJournal(settings, clock) : journal.reopen(settings, clock);
        return journal;
      }

      @Override
      public void fail() {
        journal.fail(true);
      }

      @Override
      public void hold() {
        journal.hold(true);
      }

      @Override
      public void recover() {
        journal.fail(false);
        journal.hold(false);
      }

      @Override
      public void close() {}
    };
  }
}
