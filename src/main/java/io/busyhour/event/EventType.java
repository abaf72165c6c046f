package io.busyhour.event;

import io.busyhour.event.field.Fields;
import io.busyhour.event.field.InvalidField;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of all events as they are sent and journaled, each with its reader. */
public enum EventType {
  /** See {@link CallEvent.Initiated}. */
  CALL_INITIATED("call.initiated", CallEvent.Initiated::read),
  /** See {@link CallEvent.Ringing}. */
  CALL_RINGING("call.ringing", CallEvent.Ringing::read),
  /** See {@link CallEvent.Answered}. */
  CALL_ANSWERED("call.answered", CallEvent.Answered::read),
  /** See {@link CallEvent.Ended}. */
  CALL_ENDED("call.ended", CallEvent.Ended::read),
  /** See {@link CallEvent.Quality}. */
  CALL_QUALITY("call.quality", CallEvent.Quality::read),
  /** See {@link CallEvent.Latency}. */
  CALL_LATENCY("call.latency", CallEvent.Latency::read),
  /** See {@link CampaignEvent.Updated}. */
  CAMPAIGN_UPDATED("campaign.updated", CampaignEvent.Updated::read),
  /** See {@link CampaignEvent.Processed}. */
  CAMPAIGN_PROCESSED("campaign.processed", CampaignEvent.Processed::read),
  /** See {@link CampaignEvent.Polled}. */
  CAMPAIGN_POLLED("campaign.polled", CampaignEvent.Polled::read),
  /** See {@link WebhookEvent.Queued}. */
  WEBHOOK_QUEUED("webhook.queued", WebhookEvent.Queued::read),
  /** See {@link WebhookEvent.Attempted}. */
  WEBHOOK_ATTEMPTED("webhook.attempted", WebhookEvent.Attempted::read),
  /** See {@link WebhookEvent.Worker}. */
  WEBHOOK_WORKER("webhook.worker", WebhookEvent.Worker::read),
  /** See {@link DialerEvent.Requested}. */
  DIALER_REQUESTED("dialer.requested", DialerEvent.Requested::read),
  /** See {@link DialerEvent.Responded}. */
  DIALER_RESPONDED("dialer.responded", DialerEvent.Responded::read),
  /** See {@link DialerEvent.SessionChanged}. */
  CALLER_SESSION_CHANGED("caller_session.changed", DialerEvent.SessionChanged::read),
  /** See {@link WorkEvent.AutoscaleDone}. */
  AUTOSCALE_DONE("autoscale.done", WorkEvent.AutoscaleDone::read),
  /** See {@link WorkEvent.JobDone}. */
  JOB_DONE("job.done", WorkEvent.JobDone::read),
  /** See {@link MessageEvent.Sent}. */
  SMS_SENT("sms.sent", MessageEvent.Sent::read),
  /** See {@link MessageEvent.StatusChanged}. */
  SMS_STATUS("sms.status", MessageEvent.StatusChanged::read),
  /** See {@link AccountEvent.Rated}. */
  BILLING_RATED("billing.rated", AccountEvent.Rated::read),
  /** See {@link AccountEvent.Updated}. */
  ACCOUNT_UPDATED("account.updated", AccountEvent.Updated::read),
  /** See {@link PlatformEvent.TrunkUpdated}. */
  TRUNK_UPDATED("trunk.updated", PlatformEvent.TrunkUpdated::read),
  /** See {@link PlatformEvent.ApiRequest}. */
  API_REQUEST("api.request", PlatformEvent.ApiRequest::read),
  /** See {@link PlatformEvent.ApiRateLimited}. */
  API_RATE_LIMITED("api.rate_limited", PlatformEvent.ApiRateLimited::read),
  /** See {@link PlatformEvent.ApiAuthFailed}. */
  API_AUTH_FAILED("api.auth_failed", PlatformEvent.ApiAuthFailed::read),
  /** See {@link PlatformEvent.DipQuery}. */
  DIP_QUERY("dip.query", PlatformEvent.DipQuery::read),
  /** See {@link PlatformEvent.Kamailio}. */
  INFRA_KAMAILIO("infra.kamailio", PlatformEvent.Kamailio::read),
  /** See {@link PlatformEvent.Rtpengine}. */
  INFRA_RTPENGINE("infra.rtpengine", PlatformEvent.Rtpengine::read),
  /** See {@link PlatformEvent.Database}. */
  INFRA_DATABASE("infra.database", PlatformEvent.Database::read),
  /** See {@link PlatformEvent.Redis}. */
  INFRA_REDIS("infra.redis", PlatformEvent.Redis::read),
  /** See {@link CallEvent.Taken}. */
  CALL_TAKEN(Maker.DOOR, "call.taken", CallEvent.Taken::read),
  /** See {@link CallEvent.Released}. */
  CALL_RELEASED(Maker.DOOR, "call.released", CallEvent.Released::read),
  /** See {@link CallEvent.Recorded}. */
  CALL_RECORDED(Maker.DOOR, "call.recorded", CallEvent.Recorded::read),
  /** See {@link CallEvent.Reaped}. */
  CALL_REAPED(Maker.DOOR, "call.reaped", CallEvent.Reaped::read),
  /** See {@link CallbackEvent.TwilioCall}. */
  TWILIO_CALL_CALLBACK(Maker.DOOR, "twilio.call_callback", CallbackEvent.TwilioCall::read),
  /** See {@link CallbackEvent.TwilioMessage}. */
  TWILIO_MESSAGE_CALLBACK(Maker.DOOR, "twilio.message_callback", CallbackEvent.TwilioMessage::read),
  /** See {@link CallbackEvent.TwilioOther}. */
  TWILIO_OTHER_CALLBACK(Maker.DOOR, "twilio.other_callback", CallbackEvent.TwilioOther::read),
  /** See {@link StatsdEvent.Counted}. */
  STATSD_COUNTED(Maker.DOOR, "statsd.counted", StatsdEvent.Counted::read),
  /** See {@link StatsdEvent.GaugeSet}. */
  STATSD_GAUGE_SET(Maker.DOOR, "statsd.gauge_set", StatsdEvent.GaugeSet::read),
  /** See {@link StatsdEvent.GaugeChanged}. */
  STATSD_GAUGE_CHANGED(Maker.DOOR, "statsd.gauge_changed", StatsdEvent.GaugeChanged::read),
  /** See {@link StatsdEvent.Timed}. */
  STATSD_TIMED(Maker.DOOR, "statsd.timed", StatsdEvent.Timed::read),
  /** See {@link StatsdEvent.Unique}. */
  STATSD_SET(Maker.DOOR, "statsd.set", StatsdEvent.Unique::read),
  /** See {@link StatsdEvent.Ignored}. */
  STATSD_IGNORED(Maker.DOOR, "statsd.ignored", StatsdEvent.Ignored::read),
  /** See {@link CallbackEvent.SwitchOther}. */
  SWITCH_OTHER_RECORD(Maker.DOOR, "switch.other_record", CallbackEvent.SwitchOther::read),
  /** See {@link CallbackEvent.LivekitOther}. */
  LIVEKIT_OTHER_CALLBACK(Maker.DOOR, "livekit.other_callback", CallbackEvent.LivekitOther::read),
  /** See {@link RoomEvent.Joined}. */
  ROOM_JOINED(Maker.DOOR, "room.joined", RoomEvent.Joined::read),
  /** See {@link RoomEvent.Published}. */
  ROOM_PUBLISHED(Maker.DOOR, "room.published", RoomEvent.Published::read),
  /** See {@link RoomEvent.Left}. */
  ROOM_LEFT(Maker.DOOR, "room.left", RoomEvent.Left::read),
  /** See {@link RoomEvent.CallLeft}. */
  ROOM_CALL_LEFT(Maker.DOOR, "room.call_left", RoomEvent.CallLeft::read),
  /** See {@link RoomEvent.Finished}. */
  ROOM_FINISHED(Maker.DOOR, "room.finished", RoomEvent.Finished::read),
  /** See {@link RoomEvent.Recorded}. */
  ROOM_RECORDED(Maker.DOOR, "room.recorded", RoomEvent.Recorded::read),
  /** See {@link PollEvent.TwilioBalance}. */
  TWILIO_BALANCE(Maker.DOOR, "twilio.balance", PollEvent.TwilioBalance::read),
  /** See {@link PollEvent.TwilioUsage}. */
  TWILIO_USAGE(Maker.DOOR, "twilio.usage", PollEvent.TwilioUsage::read),
  /** See {@link PollEvent.TwilioAnswered}. */
  TWILIO_ANSWERED(Maker.DOOR, "twilio.answered", PollEvent.TwilioAnswered::read),
  /** See {@link PollEvent.TwilioRefused}. */
  TWILIO_REFUSED(Maker.DOOR, "twilio.refused", PollEvent.TwilioRefused::read),
  /** See {@link WebhookEvent.GivenUp}. */
  WEBHOOK_GIVEN_UP(Maker.DOOR, "webhook.given_up", WebhookEvent.GivenUp::read),
  /** See {@link AlertEvent.Firing}. */
  ALERT_FIRING(Maker.DOOR, "alert.firing", AlertEvent.Firing::read),
  /** See {@link AlertEvent.Resolved}. */
  ALERT_RESOLVED(Maker.DOOR, "alert.resolved", AlertEvent.Resolved::read),
  /** See {@link LineEvent.Counted}. */
  LINE_COUNTED(Maker.DOOR, "line.counted", LineEvent.Counted::read),
  /** See {@link LineEvent.Sampled}. */
  LINE_SAMPLED(Maker.DOOR, "line.sampled", LineEvent.Sampled::read),
  /** See {@link LineEvent.Measured}. */
  LINE_MEASURED(Maker.DOOR, "line.measured", LineEvent.Measured::read),
  /** See {@link LineEvent.DialerCounted}. */
  LINE_DIALER_COUNTED(Maker.DOOR, "line.dialer_counted", LineEvent.DialerCounted::read),
  /** See {@link LineEvent.DialerTimed}. */
  LINE_DIALER_TIMED(Maker.DOOR, "line.dialer_timed", LineEvent.DialerTimed::read),
  /** See {@link LineEvent.SessionsSampled}. */
  LINE_SESSIONS_SAMPLED(Maker.DOOR, "line.sessions_sampled", LineEvent.SessionsSampled::read),
  /** See {@link LineEvent.AutoscaleCounted}. */
  LINE_AUTOSCALE_COUNTED(Maker.DOOR, "line.autoscale_counted", LineEvent.AutoscaleCounted::read),
  /** See {@link LineEvent.JobsCounted}. */
  LINE_JOBS_COUNTED(Maker.DOOR, "line.jobs_counted", LineEvent.JobsCounted::read);

  /** Who makes events of a type. */
  private enum Maker {
    /** Whoever sends. */
    ANYBODY,
    /** Busyhour itself, such as a door of what it heard in other words; nobody can send them. */
    DOOR
  }

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(t -> t.wireName, t -> t));

  private final Maker maker;
  private final String wireName;
  private final Function<Fields, Event> reader;

  EventType(String wireName, Function<Fields, Event> reader) {
    this(Maker.ANYBODY, wireName, reader);
  }

  EventType(Maker maker, String wireName, Function<Fields, Event> reader) {
    this.maker = maker;
    this.wireName = wireName;
    this.reader = reader;
  }

  /** The type of that name, or null if there is none. */
  public static EventType named(String wireName) {
    return BY_NAME.get(wireName);
  }

  /** The name as senders write it, such as {@code call.ended}. */
  public String wireName() {
    return wireName;
  }

  /** Tells whether anybody may send this event, or only a door makes it. */
  public boolean isPublic() {
    return maker == Maker.ANYBODY;
  }

  /**
   * Reads an event of this type from its data: maps, lists, strings, numbers and booleans.
   *
   * @throws InvalidField naming the field, the value and the rule
   */
  public Event read(Map<String, ?> data) {
    return reader.apply(new Fields(wireName, data));
  }

  /** The data of an event as senders write it: what {@link #read} reads as an equal event. */
  static Map<String, Object> data(Event event) {
    Map<String, Object> data = Fields.of((Record) event);
    if (event instanceof AccountEvent.Updated) {
      Object kind = data.remove("kind");
      return kind == null ? data : with(data, "type", kind);
    }
    return data;
  }

  private static Map<String, Object> with(Map<String, Object> data, String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(data);
    more.put(name, value);
    return more;
  }
}
