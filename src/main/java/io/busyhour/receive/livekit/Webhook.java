package io.busyhour.receive.livekit;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import io.busyhour.receive.Receiver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one webhook says. What is kept of it is made of single fields: a room's turnPassword is not
 * among them.
 */
final class Webhook {
  static final String SOURCE = "livekit";

  private static final Set<String> KNOWN =
      Set.of(
          "room_started",
          "room_finished",
          "participant_joined",
          "participant_left",
          "participant_connection_aborted",
          "track_published",
          "track_unpublished",
          "egress_started",
          "egress_updated",
          "egress_ended",
          "ingress_started",
          "ingress_ended",
          "agent_job_started",
          "agent_job_ended");

  private final Said said;
  private final Said room;
  private final String hash;
  private final Instant receipt;
  private final Instant time;
  private final RoomPattern pattern;

  /**
   * A webhook.
   *
   * @param hash of its body: what identifies it if it has no id
   */
  Webhook(Map<String, Object> json, String hash, RoomPattern pattern, Instant receipt) {
    this.said = new Said("", json);
    this.room = said.object("room");
    this.hash = hash;
    this.receipt = receipt;
    Instant created = said.seconds("createdAt", receipt);
    this.time = created == null ? receipt : created;
    this.pattern = pattern;
  }

  /** What it says. */
  Delivery delivery() {
    String event = said.text("event");
    if (event == null) {
      throw new Refusal(Reason.MISSING_FIELD, "A webhook needs event.");
    }
    List<Occurrence> told =
        switch (event) {
          case "participant_joined" -> stay().joined();
          case "participant_left", "participant_connection_aborted" -> stay().left();
          case "track_published" -> isAudio() ? stay().published() : stay().seen();
          case "track_unpublished" -> stay().seen();
          case "room_finished" -> finished();
          case "egress_ended" -> recorded();
          default -> List.of();
        };
    return new Delivery(new EventKey(SOURCE, id()), told.isEmpty() ? other(event) : told, false);
  }

  private String id() {
    String id = said.text("id");
    if (id == null) {
      return "sha256:" + hash;
    }
    if (!Receiver.isKeyPart(id)) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "id: %s (expected: at most 256 characters without control characters)"
              .formatted(Quoted.of(id)));
    }
    return id;
  }

  private Stay stay() {
    Participant participant = new Participant(said.object("participant"));
    RoomFacts facts = RoomFacts.of(room, participant.metadata(), pattern);
    return new Stay(participant, room, facts, time, receipt);
  }

  /** Audio is the zero of LiveKit's TrackType, which is left out. */
  private boolean isAudio() {
    String type = said.object("track").word("type");
    return type.isEmpty() || type.equals("AUDIO");
  }

  private List<Occurrence> finished() {
    String id = room.text("sid");
    return id == null
        ? List.of()
        : List.of(new EventData().put("room_id", id).happened(EventType.ROOM_FINISHED, time));
  }

  private List<Occurrence> recorded() {
    Said egress = said.object("egressInfo");
    String id = room.text("sid") == null ? egress.text("roomId") : room.text("sid");
    String name = egress.kept("roomName") == null ? room.kept("name") : egress.kept("roomName");
    if (!egress.word("status").equals("EGRESS_COMPLETE") || (id == null && name == null)) {
      return List.of();
    }
    String recording = egress.text("egressId");
    return List.of(
        new EventData()
            .put("room_id", id)
            .put("room_name", name)
            .put("recording_id", recording == null ? hash : recording)
            .happened(EventType.ROOM_RECORDED, time));
  }

  private List<Occurrence> other(String event) {
    return List.of(
        new EventData()
            .put("event", KNOWN.contains(event) ? event : "other")
            .happened(EventType.LIVEKIT_OTHER_CALLBACK, time));
  }
}
