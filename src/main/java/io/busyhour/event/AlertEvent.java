package io.busyhour.event;

import io.busyhour.event.field.Fields;

/** What Alertmanager says of an alert; doors keep all its labels and annotations in the data. */
public sealed interface AlertEvent extends Event {

  /** The alert's fingerprint: the same for the same labels. */
  String fingerprint();

  /** The account that it is about, or null. */
  String account();

  /** The trunk that it is about, or null. */
  String trunk();

  /** {@code alert.firing}: the alert's condition holds. */
  record Firing(String fingerprint, String alertname, String severity, String account, String trunk)
      implements AlertEvent {
    static Firing read(Fields f) {
      return new Firing(
          f.need("fingerprint").id(),
          f.maybe("alertname").text(),
          f.maybe("severity").text(),
          f.maybe("account").text(),
          f.maybe("trunk").text());
    }

    @Override
    public EventType type() {
      return EventType.ALERT_FIRING;
    }
  }

  /** {@code alert.resolved}: it does not hold any more. */
  record Resolved(
      String fingerprint, String alertname, String severity, String account, String trunk)
      implements AlertEvent {
    static Resolved read(Fields f) {
      return new Resolved(
          f.need("fingerprint").id(),
          f.maybe("alertname").text(),
          f.maybe("severity").text(),
          f.maybe("account").text(),
          f.maybe("trunk").text());
    }

    @Override
    public EventType type() {
      return EventType.ALERT_RESOLVED;
    }
  }
}
