package io.busyhour.projection.meters.statsd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One family: its kind and its label names, which only become more. */
final class Definition {
  private static final int MOST_LABELS = 10;

  final String name;
  final Kind kind;
  private List<String> labels;
  private boolean registered;
  private boolean stored;
  private boolean changed;

  Definition(String name, Kind kind) {
    this.name = name;
    this.kind = kind;
    this.labels = List.of();
    this.changed = true;
  }

  /** One that was stored. */
  Definition(String name, Kind kind, List<String> labels) {
    this.name = name;
    this.kind = kind;
    this.labels = labels;
    this.stored = true;
  }

  List<String> labels() {
    return labels;
  }

  /** Takes those labels that it has not got and has room for; says which. */
  List<String> widen(Collection<String> wanted) {
    List<String> more =
        wanted.stream()
            .filter(label -> !labels.contains(label))
            .limit(MOST_LABELS - labels.size())
            .toList();
    if (!more.isEmpty()) {
      List<String> wider = new ArrayList<>(labels);
      wider.addAll(more);
      labels = List.copyOf(wider);
      changed = true;
    }
    return more;
  }

  boolean isRegistered() {
    return registered;
  }

  void registered() {
    registered = true;
  }

  boolean isStored() {
    return stored;
  }

  boolean isChanged() {
    return changed;
  }

  void saved() {
    stored = true;
    changed = false;
  }
}
