package io.busyhour.projection.calls.message;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.MessageEvent;
import io.busyhour.event.MessageEvent.Status;
import io.busyhour.projection.calls.facts.Fact;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Stamps;
import io.busyhour.projection.calls.facts.UpdateStatements;
import io.busyhour.projection.change.MessageChange.Contribution;
import io.busyhour.projection.change.MessageRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Set;
import org.eclipse.persistence.annotations.Customizer;

/**
 * The row of one message: when it first reached each state. Senders such as Twilio give no times,
 * so which state it is in follows from the states' own order, not from the clock.
 */
@Entity(name = "Message")
@Table(name = "messages")
@Customizer(UpdateStatements.class)
class MessageRow {
  @Id
  @Column(name = "message_id")
  String messageId;

  String stamps;
  String account;
  String campaign;
  String brand;
  String carrier;

  @Enumerated(EnumType.STRING)
  Direction direction;

  Integer segments;

  @Column(name = "from_number")
  String from;

  @Column(name = "to_number")
  String to;

  @Column(name = "first_event_at")
  Long firstEventAt;

  @Column(name = "last_event_at")
  Long lastEventAt;

  @Column(name = "first_received_at")
  Long firstReceivedAt;

  @Column(name = "started_at")
  Long startedAt;

  @Column(name = "queued_at")
  Long queuedAt;

  @Column(name = "sent_at")
  Long sentAt;

  @Column(name = "delivered_at")
  Long deliveredAt;

  @Column(name = "undelivered_at")
  Long undeliveredAt;

  @Column(name = "failed_at")
  Long failedAt;

  @Column(name = "read_at")
  Long readAt;

  @Column(name = "error_code")
  String errorCode;

  /** The furthest state that it reached. */
  @Enumerated(EnumType.STRING)
  Status status;

  // Its sender says all about the beginning in every event, and has no times but those of receipt.
  @Column(name = "whole_beginning")
  boolean wholeBeginning;

  @Embedded Counted counted;

  /** For the persistence provider. */
  protected MessageRow() {}

  MessageRow(String messageId) {
    this.messageId = messageId;
    this.counted = new Counted();
  }

  /**
   * Merges one event in.
   *
   * @param whole whether its sender will say no more about the beginning
   * @param at the event's time, in microseconds
   * @param receivedAt when it was received, in microseconds
   */
  void merge(MessageEvent event, boolean whole, long at, long receivedAt) {
    Stamps merging = Stamps.parse(stamps);
    firstReceivedAt = firstReceivedAt == null ? Long.valueOf(receivedAt) : firstReceivedAt;
    wholeBeginning |= whole;
    firstEventAt = Micros.earlier(firstEventAt, at);
    lastEventAt = Micros.later(lastEventAt, at);
    switch (event) {
      case MessageEvent.Sent sent -> begin(sent, merging, at);
      case MessageEvent.StatusChanged changed -> reach(changed, merging, at);
    }
    stamps = merging.toString();
    counted.heard(toRecord(), receivedAt);
  }

  /** Marks as made what is due at a receipt time, and says what that is. */
  Set<Contribution> count(MessageRecord message, long now, long settle) {
    return counted.count(message, wholeBeginning, now, settle);
  }

  private void begin(MessageEvent.Sent sent, Stamps merging, long at) {
    startedAt = Micros.earlier(startedAt, at);
    account = merging.merge(Fact.ACCOUNT, account, sent.account(), at);
    campaign = merging.merge(Fact.CAMPAIGN, campaign, sent.campaign(), at);
    brand = merging.merge(Fact.BRAND, brand, sent.brand(), at);
    carrier = merging.merge(Fact.CARRIER, carrier, sent.carrier(), at);
    direction = merging.merge(Fact.DIRECTION, direction, sent.direction(), at);
    segments = merging.merge(Fact.SEGMENTS, segments, sent.segments(), at);
    from = merging.merge(Fact.FROM, from, sent.from(), at);
    to = merging.merge(Fact.TO, to, sent.to(), at);
  }

  private void reach(MessageEvent.StatusChanged changed, Stamps merging, long at) {
    carrier = merging.merge(Fact.CARRIER, carrier, changed.carrier(), at);
    errorCode = merging.merge(Fact.ERROR_TYPE, errorCode, changed.errorCode(), at);
    if (status == null || changed.status().compareTo(status) > 0) {
      status = changed.status();
    }
    switch (changed.status()) {
      case QUEUED -> queuedAt = Micros.earlier(queuedAt, at);
      case SENT -> sentAt = Micros.earlier(sentAt, at);
      case DELIVERED -> deliveredAt = Micros.earlier(deliveredAt, at);
      case UNDELIVERED -> undeliveredAt = Micros.earlier(undeliveredAt, at);
      case FAILED -> failedAt = Micros.earlier(failedAt, at);
      case READ -> readAt = Micros.earlier(readAt, at);
    }
  }

  MessageRecord toRecord() {
    return new MessageRecord(
        messageId,
        new MessageRecord.Beginning(account, campaign, brand, carrier, direction, segments),
        errorCode,
        new MessageRecord.Times(
            Micros.toInstant(startedAt),
            wholeBeginning,
            Micros.toInstant(queuedAt),
            Micros.toInstant(sentAt),
            Micros.toInstant(deliveredAt),
            Micros.toInstant(undeliveredAt),
            Micros.toInstant(failedAt),
            Micros.toInstant(readAt)));
  }
}
