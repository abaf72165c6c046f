package io.busyhour.event;

/**
 * Something that happened on somebody's phone system. Each kind is an immutable record; absent
 * facts are null, never 0. {@link EventType} has their names and readers.
 */
public sealed interface Event
    permits AccountEvent,
        AlertEvent,
        CallEvent,
        CallbackEvent,
        CampaignEvent,
        DialerEvent,
        LineEvent,
        MessageEvent,
        PlatformEvent,
        StatsdEvent,
        RoomEvent,
        PollEvent,
        WebhookEvent,
        WorkEvent {

  /** The type of this event. */
  EventType type();
}
