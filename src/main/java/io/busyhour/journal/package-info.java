/**
 * The only durable truth: deliveries in the order in which they were accepted, each once, with
 * positions to read from. What is acknowledged to a sender was committed here before.
 *
 * <p>Three rules hold it together. One transaction at a time writes, whoever holds the lock of the
 * one row of {@code journal_tip}: so positions have no gaps and are committed in their order, also
 * with several processes on one PostgreSQL. The ledger is written by the transaction that commits
 * what it counts. What memory holds is a copy of what was committed, and is read again whenever the
 * stored tip is not the one that this process left. After a commit that was not heard of, the next
 * transaction first finds out whether it was made, and only then are its callers answered: so each
 * delivery is counted once.
 *
 * <p>A delivery is a duplicate if its key is stored; the newest keys are in memory, the others in
 * {@code journal_keys}, and the position of the tip says which (see {@link RecentKeys}). {@link
 * io.busyhour.journal.OldEntries} deletes keys and entries in the same transaction, from the oldest
 * on without a gap, and leaves the newest 64,000 alone.
 *
 * <p>An H2 file is forced to the disk once for each group ({@code CHECKPOINT SYNC}), so that an
 * answered event survives a loss of power and not only of the process, as it does on PostgreSQL.
 * Measured with JournalLoad on two busy cores and a virtual disk: 2 to 5 ms for each group. The
 * groups grow while one is being forced, so the cost falls as load rises: that is worth it. {@link
 * io.busyhour.journal.JournalSettings#powerSafe} turns it off.
 */
package io.busyhour.journal;
