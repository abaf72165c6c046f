package io.busyhour.projection.calls.dialer;

import io.busyhour.event.DialerEvent;
import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Requested;
import io.busyhour.event.DialerEvent.Responded;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.DialerEvent.SessionChanged;
import io.busyhour.projection.LabelText;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.change.TimerChange.Contribution;
import io.busyhour.projection.change.TimerChange.Labels;
import io.busyhour.projection.change.TimerChange.Request;
import io.busyhour.projection.change.TimerChange.Response;
import io.busyhour.projection.change.TimerChange.Timer;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The row of one timer: of its request and of its response, the earliest statement by event time.
 */
@Entity(name = "Timer")
@Table(name = "dialer_timers")
class TimerRow {
  private static final Comparator<Response> RESPONSES =
      Comparator.comparing(Response::result)
          .thenComparing(Response::httpStatus, Comparator.nullsLast(Comparator.naturalOrder()));

  @Id
  @Column(name = "request_id")
  String requestId;

  @Enumerated(EnumType.STRING)
  Leg leg;

  String account;
  String campaign;

  @Column(name = "campaign_type")
  String campaignType;

  @Column(name = "caller_session_id")
  String callerSessionId;

  @Column(name = "caller_session_type")
  String callerSessionType;

  @Column(name = "caller_phone_type")
  String callerPhoneType;

  @Column(name = "requested_at")
  Long requestedAt;

  @Enumerated(EnumType.STRING)
  Result result;

  @Column(name = "http_status")
  Integer httpStatus;

  @Column(name = "responded_at")
  Long respondedAt;

  // What the counters use, where another request turned out to be the first one; else null.
  @Column(name = "counted_labels")
  String countedLabels;

  @Embedded TimerCounted counted;

  @Column(name = "first_received_at")
  Long firstReceivedAt;

  /** For the persistence provider. */
  protected TimerRow() {}

  TimerRow(String requestId) {
    this.requestId = requestId;
    this.counted = new TimerCounted();
  }

  /** Merges an event in; times are in microseconds. */
  void merge(DialerEvent event, long at, long receivedAt) {
    firstReceivedAt = firstReceivedAt == null ? Long.valueOf(receivedAt) : firstReceivedAt;
    switch (event) {
      case Requested said -> ask(said, at, receivedAt);
      case Responded said -> answer(said, at, receivedAt);
      case SessionChanged ignored -> throw new IllegalArgumentException("not of a timer");
    }
  }

  private void ask(Requested said, long at, long receivedAt) {
    counted.asked(receivedAt);
    Request request = read(said);
    if (requestedAt == null
        || at < requestedAt
        || (at == requestedAt && text(request).compareTo(text(request())) < 0)) {
      if (counted.request && countedLabels == null && !request.labels().equals(labels())) {
        countedLabels = write(labels());
      }
      requestedAt = at;
      take(request);
    }
  }

  private void answer(Responded said, long at, long receivedAt) {
    counted.answered(receivedAt);
    Response response = new Response(said.result(), said.httpStatus());
    if (respondedAt == null
        || at < respondedAt
        || (at == respondedAt && RESPONSES.compare(response, response()) < 0)) {
      respondedAt = at;
      result = said.result();
      httpStatus = said.httpStatus();
    }
  }

  /** Marks as made what is due at a receipt time, and says what that is. */
  Set<Contribution> count(long now, long settle, long timeout) {
    return counted.count(requestedAt, respondedAt, now, settle, timeout);
  }

  private static Request read(Requested said) {
    String type = said.campaignType();
    return new Request(
        said.leg(),
        new Labels(
            said.account(),
            said.campaign(),
            type == null ? null : type.toLowerCase(Locale.ROOT),
            said.callerSessionType(),
            said.callerPhoneType()),
        said.callerSessionId());
  }

  private void take(Request request) {
    leg = request.leg();
    account = request.labels().account();
    campaign = request.labels().campaign();
    campaignType = request.labels().campaignType();
    callerSessionType = request.labels().callerSessionType();
    callerPhoneType = request.labels().callerPhoneType();
    callerSessionId = request.callerSessionId();
  }

  private Labels labels() {
    return new Labels(account, campaign, campaignType, callerSessionType, callerPhoneType);
  }

  private Request request() {
    return requestedAt == null ? null : new Request(leg, labels(), callerSessionId);
  }

  private Response response() {
    return respondedAt == null ? null : new Response(result, httpStatus);
  }

  /** What all counters of this timer use. */
  Labels countingLabels() {
    if (countedLabels == null) {
      return labels();
    }
    List<String> held = LabelText.read(countedLabels);
    return new Labels(
        emptyIsNull(held.get(0)),
        emptyIsNull(held.get(1)),
        emptyIsNull(held.get(2)),
        emptyIsNull(held.get(3)),
        emptyIsNull(held.get(4)));
  }

  private static String write(Labels labels) {
    return LabelText.write(values(labels));
  }

  private static List<String> values(Labels labels) {
    return List.of(
        nullIsEmpty(labels.account()),
        nullIsEmpty(labels.campaign()),
        nullIsEmpty(labels.campaignType()),
        nullIsEmpty(labels.callerSessionType()),
        nullIsEmpty(labels.callerPhoneType()));
  }

  /** Of two requests made at the same time always the same one stands. */
  private static String text(Request request) {
    // No value holds a control character.
    return String.join("\n", values(request.labels()))
        + "\n"
        + nullIsEmpty(request.callerSessionId())
        + "\n"
        + request.leg();
  }

  private static String nullIsEmpty(String text) {
    return text == null ? "" : text;
  }

  private static String emptyIsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  Timer toRecord() {
    return new Timer(
        requestId,
        request(),
        Micros.toInstant(requestedAt),
        response(),
        Micros.toInstant(respondedAt));
  }
}
