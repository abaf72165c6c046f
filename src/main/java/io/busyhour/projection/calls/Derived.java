package io.busyhour.projection.calls;

import io.busyhour.event.CallEvent.Zone;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Transient;
import java.util.Objects;

/** What follows from a call's two numbers where the sender did not say it. */
@Embeddable
class Derived {
  @Enumerated(EnumType.STRING)
  @Column(name = "derived_zone")
  Zone zone;

  @Column(name = "derived_origination")
  String origination;

  @Column(name = "derived_destination")
  String destination;

  // Which numbers the above was derived from, in this transaction.
  @Transient private String from;
  @Transient private String to;

  /** Derives anew if the numbers are not those of the last time. */
  void follow(String newFrom, String newTo) {
    if (Objects.equals(from, newFrom) && Objects.equals(to, newTo)) {
      return;
    }
    from = newFrom;
    to = newTo;
    Numbering.Place caller = Numbering.place(from);
    Numbering.Place called = Numbering.place(to);
    origination = caller.country();
    destination = called.country();
    zone = newFrom == null && newTo == null ? null : Numbering.zone(caller, called);
  }
}
