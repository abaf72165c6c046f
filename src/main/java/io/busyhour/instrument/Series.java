package io.busyhour.instrument;

import io.busyhour.instrument.Meters.SeriesState;
import io.prometheus.metrics.model.snapshots.Labels;

/** One series of a family; guarded by itself. */
abstract class Series {
  /** A series that is spoken of and does not change is saved this often, in milliseconds. */
  private static final long SAVED_EVERY = 15 * 60_000;

  final long id;
  final long created;
  private final Family<?> family;
  private LabelValues values;
  private Labels labels;
  private long touchedAt;
  private long touchSaved;
  private boolean stored;
  private boolean changed;
  private boolean gone;

  Series(Family<?> family, long id, LabelValues values, long created) {
    this.family = family;
    this.id = id;
    this.values = values;
    this.created = created;
  }

  /** What it holds, for the family to read again. */
  abstract String text();

  final synchronized LabelValues values() {
    return values;
  }

  /** Its family has more label names now; what is saved of it stands for the same. */
  final synchronized void widen(LabelValues wider) {
    values = wider;
    labels = null;
  }

  /** As the library has them, made once: sorted by name. */
  final synchronized Labels labels() {
    if (labels == null) {
      labels = Labels.of(family.namesAsArray, values.array());
    }
    return labels;
  }

  final synchronized boolean isGone() {
    return gone;
  }

  /** Its state has to be saved. */
  final synchronized void touched() {
    touchedAt = family.around.clock().lastRead();
    changed();
  }

  private void changed() {
    if (!changed) {
      changed = true;
      family.around.changed().accept(this);
    }
  }

  /** It is not idle, though it stays as it is; tells whether it is still there. */
  final synchronized boolean spokenOf() {
    if (gone) {
      return false;
    }
    touchedAt = family.around.clock().lastRead();
    if (!stored || touchedAt - touchSaved >= SAVED_EVERY) {
      changed();
    }
    return true;
  }

  /** Removes it if it was touched last before a time; tells whether it did. */
  final synchronized boolean removeIfIdle(long before) {
    if (gone || touchedAt >= before) {
      return false;
    }
    remove();
    return true;
  }

  final synchronized void remove() {
    gone = true;
    changed();
  }

  /** Others take its place: it is not to be changed and not to be saved. */
  final synchronized void forget() {
    gone = true;
    changed = true;
  }

  /** It is as its saved state says; one that is silent about it was touched just now. */
  final synchronized void restored(long savedTouch) {
    stored = true;
    touchedAt = savedTouch > 0 ? savedTouch : family.around.clock().lastRead();
    touchSaved = touchedAt;
  }

  /** The state to be saved; null when there is nothing to save or to delete. */
  final synchronized SeriesState save() {
    changed = false;
    if (gone && !stored) {
      return null;
    }
    String state = gone ? "" : family.form() + ";" + created + ";" + text();
    SeriesState saved = new SeriesState(id, family.name, values.list(), state, stored, touchedAt);
    stored = true;
    touchSaved = touchedAt;
    return saved;
  }
}
