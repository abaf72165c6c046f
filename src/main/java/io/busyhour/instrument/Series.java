package io.busyhour.instrument;

import io.busyhour.instrument.Meters.SeriesState;
import io.prometheus.metrics.model.snapshots.Labels;

/** One series of a family; guarded by itself. */
abstract class Series {
  final long id;
  final LabelValues values;
  final long created;
  private final Family<?> family;
  private Labels labels;
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
    if (!changed) {
      changed = true;
      family.around.changed().accept(this);
    }
  }

  final synchronized void remove() {
    gone = true;
    touched();
  }

  /** Others take its place: it is not to be changed and not to be saved. */
  final synchronized void forget() {
    gone = true;
    changed = true;
  }

  /** It is as its saved state says. */
  final synchronized void restored() {
    stored = true;
  }

  /** The state to be saved; null when there is nothing to save or to delete. */
  final synchronized SeriesState save() {
    changed = false;
    if (gone && !stored) {
      return null;
    }
    String state = gone ? "" : family.form() + ";" + created + ";" + text();
    SeriesState saved = new SeriesState(id, family.name, values.list(), state, stored);
    stored = true;
    return saved;
  }
}
