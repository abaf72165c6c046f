package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent.Zone;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

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

  /** Derives all of it from the two numbers. */
  void follow(String from, String to) {
    Numbering.Place caller = Numbering.place(from);
    Numbering.Place called = Numbering.place(to);
    origination = caller.country();
    destination = called.country();
    zone = from == null && to == null ? null : Numbering.zone(caller, called);
  }
}
