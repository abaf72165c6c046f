package io.busyhour.receive.livekit;

import static io.busyhour.receive.livekit.LivekitSigner.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent;
import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallbackEvent;
import io.busyhour.event.Delivery;
import io.busyhour.event.Event;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.RoomEvent;
import io.busyhour.event.RoomEvent.Kind;
import io.busyhour.receive.DoorContract;
import io.busyhour.receive.DoorServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LivekitDoorTest extends DoorContract {
  private static final String JOINED = payload("participant-joined");
  private static final String REJECTED = payload("participant-left-rejected");

  @Override
  protected HttpRequest.Builder proven(String body) {
    return unproven(body).header("Authorization", LivekitSigner.token(body));
  }

  @Override
  protected HttpRequest.Builder wronglyProven(String body) {
    return unproven(body).header("Authorization", LivekitSigner.token(body + " "));
  }

  @Override
  protected HttpRequest.Builder unproven(String body) {
    return server
        .to("/livekit/webhook")
        .header("Content-Type", "application/webhook+json")
        .POST(BodyPublishers.ofString(body));
  }

  @Override
  protected String body(int number) {
    return REJECTED.replace("EV_9f2", "EV_" + number);
  }

  @Override
  protected String bodyWithUnknownFields() {
    return JOINED.replaceFirst("\\{", "{\"weather\":{\"wind\":[1,null]},\"numDropped\":3,");
  }

  @Override
  protected String bodyOfUnknownType() {
    return JOINED.replace("participant_joined", "participant_beamed_up");
  }

  @Override
  protected String bodyOf(int length) {
    return JOINED.replaceFirst("\\{", "{\"note\":\"" + "x".repeat(length) + "\",");
  }

  @Override
  protected String source() {
    return "livekit";
  }

  @Override
  protected int unprovenStatus() {
    return 401;
  }

  private Delivery deliver(String body) {
    HttpResponse<String> answer = server.send(proven(body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    List<Delivery> stored = server.journal().stored();
    assertThat(stored).hasSize(1);
    return stored.get(0);
  }

  private List<Event> heard(String body) {
    return deliver(body).occurrences().stream().map(Occurrence::event).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "lk1, abcdefg, abababa, CoEQz1chqJ9bnZRcORddjplkvpjmPujmLTR42DbefYI=",
    "lk2, abcdefg, ababababababababababababababababababababababababababababababab,"
        + " 1renMMRYeCXsy6M9bjJ90XA3M1q1byhUGNoD91aPuhM=",
    "lk3, myapikey, thiskeyistotallyunsafe, e9BKDBVr10T3b61hmsRIYdd58AMKfFxTyBNo4b/qNZw="
  })
  void vector_ofLivekitsLibraries_isTaken(String file, String key, String secret, String hash) {
    String body = payload(file);
    String claims = LivekitSigner.claims(key, hash, DoorServer.NOW, 300);
    String token = LivekitSigner.jwt(LivekitSigner.HEADER, claims, secret);
    assertThat(server.send(unproven(body).header("Authorization", token)).statusCode())
        .isEqualTo(204);
    assertThat(server.journal().stored())
        .flatExtracting(Delivery::occurrences)
        .extracting(Occurrence::event)
        .containsExactly(new CallbackEvent.LivekitOther("room_started"));
  }

  @ParameterizedTest
  @CsvSource({"abcdefg, thiskeyistotallyunsafe", "myapikey, abababa", "nobodys, abababa"})
  void vector_withAnotherKey_isRefused(String key, String secret) {
    String body = payload("lk3");
    HttpRequest.Builder request =
        unproven(body).header("Authorization", LivekitSigner.token(key, secret, body));
    assertRefused(server.send(request), 401, "unauthorized");
    assertThat(server.journal().refused()).containsEntry("livekit unauthorized", 1L);
  }

  @Test
  void vector_withTheHashOfAnotherBody_isRefused() {
    String token = LivekitSigner.token("myapikey", "thiskeyistotallyunsafe", "wrong_hash");
    HttpRequest.Builder request = unproven(payload("lk3")).header("Authorization", token);
    assertRefused(server.send(request), 401, "unauthorized");
  }

  @Test
  void vector_invalidBody_isRefused() {
    assertRefused(server.send(proven("invalid body")), 400, "malformed_json");
  }

  @Test
  void body_writtenAnew_isAnother() {
    String token = LivekitSigner.token(JOINED);
    HttpRequest.Builder request =
        unproven(JOINED.replace(",", ", ")).header("Authorization", token);
    assertRefused(server.send(request), 401, "unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "bearer "})
  void token_withAndWithoutScheme_isTaken(String scheme) {
    String token = scheme + LivekitSigner.token(JOINED);
    assertThat(server.send(unproven(JOINED).header("Authorization", token)).statusCode())
        .isEqualTo(204);
  }

  @Test
  void refusal_saysNothingOfTheToken() {
    String token = LivekitSigner.token(JOINED + " ");
    HttpResponse<String> answer = server.send(unproven(JOINED).header("Authorization", token));
    assertThat(answer.body()).doesNotContain(token.split("\\.", -1)).doesNotContain("abababa");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void body_ofAnotherType_isRefused() {
    HttpRequest.Builder request =
        proven(JOINED).setHeader("Content-Type", "application/x-www-form-urlencoded");
    assertRefused(server.send(request), 415, "unsupported_media_type");
  }

  @Test
  void joined_incoming_isACallThatWasTaken() {
    Delivery delivery = deliver(JOINED);
    assertThat(delivery.key()).isEqualTo(new EventKey("livekit", "EV_9tR4bWqL2e"));
    assertThat(delivery.occurrences())
        .extracting(Occurrence::time)
        .containsOnly(Instant.parse("2025-11-03T16:20:01.090Z"));
    Beginning beginning =
        new Beginning(
            null,
            null,
            null,
            "ST_Zz9Yy8",
            "livekit",
            Direction.INBOUND,
            "+14155550143",
            "+15055550100",
            null,
            null,
            null,
            null);
    String call = "9c1f@198.51.100.7";
    assertThat(delivery.occurrences())
        .extracting(Occurrence::event)
        .containsExactly(
            new CallEvent.Initiated(call, beginning),
            new CallEvent.Taken(call, beginning),
            new RoomEvent.Joined(
                "RM_a1B2c3D4e5F6",
                "call-_+14155550143_q9Zx",
                "PA_k7L8m9N0",
                Kind.CALL,
                call,
                Direction.INBOUND,
                null,
                "livekit",
                null,
                null));
    assertThat(delivery.occurrences().toString()).doesNotContain("redacted");
  }

  @Test
  void joined_outgoing_hasItsNumbersTheOtherWayRound() {
    String body =
        JOINED.replace("\"sip.ruleID\":\"SDR_4Qm2\",", "").replace("\"active\"", "\"dialing\"");
    List<Event> events = heard(body);
    assertThat(events.get(0))
        .isInstanceOfSatisfying(
            CallEvent.Initiated.class,
            initiated -> {
              // The Call-ID is known of such a call only when it was answered.
              assertThat(initiated.callId()).isEqualTo("SCL_pQ2vY7mRtK3x");
              assertThat(initiated.beginning().direction()).isEqualTo(Direction.OUTBOUND);
              assertThat(initiated.beginning().from()).isEqualTo("+15055550100");
              assertThat(initiated.beginning().to()).isEqualTo("+14155550143");
            });
    assertThat(events).noneMatch(CallEvent.Taken.class::isInstance);
  }

  @Test
  void joined_withANumberThatCannotBeKept_isACallAllTheSame() {
    String body = JOINED.replace("+14155550143\",\"sip.trunkPhone", "\\u0007\",\"sip.trunkPhone");
    CallEvent.Initiated initiated = (CallEvent.Initiated) heard(body).get(0);
    assertThat(initiated.beginning().from()).isEqualTo("+14155550143"); // of the identity
    assertThat(initiated.beginning().to()).isEqualTo("+15055550100");
  }

  @Test
  void joined_thatTwilioKnowsToo_hasTwiliosIdAndLeavesTheProviderToIt() {
    String body =
        JOINED.replace(
            "\"sip.hostname\"",
            "\"sip.twilio.accountSid\":\"AC1\",\"sip.twilio.callSid\":\"CA1\",\"sip.hostname\"");
    CallEvent.Initiated initiated = (CallEvent.Initiated) heard(body).get(0);
    assertThat(initiated.callId()).isEqualTo("CA1");
    assertThat(initiated.beginning().account()).isEqualTo("AC1");
    assertThat(initiated.beginning().provider()).isNull();
  }

  @Test
  void left_rejected_isTheEndOfACampaignsCall() {
    Delivery delivery = deliver(REJECTED);
    assertThat(delivery.key()).isEqualTo(new EventKey("livekit", "EV_9f2"));
    assertThat(delivery.occurrences())
        .extracting(o -> o.event().type().wireName() + " " + o.time())
        .containsExactly(
            "call.ended 2026-11-20T08:01:02Z",
            "room.joined 2026-11-20T08:01:02Z",
            "room.left 2026-11-20T08:01:02Z");
    CallEvent.Ended ended = (CallEvent.Ended) delivery.occurrences().get(0).event();
    assertThat(ended.callId()).isEqualTo("RM_a1");
    assertThat(ended.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(ended.beginning().campaignId()).isEqualTo("C123");
    assertThat(ended.beginning().to()).isEqualTo("13035550123");
  }

  @ParameterizedTest
  @CsvSource({
    "USER_REJECTED, BUSY,",
    "USER_UNAVAILABLE, NO_ANSWER,",
    "CONNECTION_TIMEOUT, TIMEOUT, timeout",
    "SIP_TRUNK_FAILURE, FAILED, sip_trunk_failure",
    "MEDIA_FAILURE, FAILED, media_failure",
    "JOIN_FAILURE, FAILED, join_failure",
    "AGENT_ERROR, FAILED, agent_error"
  })
  void reason_ofARefusal_isItsOutcome(String reason, Outcome outcome, String errorType) {
    String body = REJECTED.replace("USER_REJECTED", reason);
    assertThat(heard(body).get(0))
        .isInstanceOfSatisfying(
            CallEvent.Ended.class,
            ended -> {
              assertThat(ended.outcome()).isEqualTo(outcome);
              assertThat(ended.errorType()).isEqualTo(errorType);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT_INITIATED, caller",
    "ROOM_DELETED, system",
    "ROOM_CLOSED, system",
    "PARTICIPANT_REMOVED, system",
    "SERVER_SHUTDOWN, system",
    "UNKNOWN_REASON,",
    "ABDUCTED,",
    "'',"
  })
  void reason_otherwise_letsTheCallGo(String reason, String source) {
    List<Event> events = heard(payload("participant-left").replace("CLIENT_INITIATED", reason));
    assertThat(events)
        .extracting(e -> e.type().wireName())
        .containsExactly("call.initiated", "call.released", "room.joined", "room.left");
    CallEvent.Released released = (CallEvent.Released) events.get(1);
    assertThat(released.outcome()).isNull();
    assertThat(released.hangupSource()).isEqualTo(source);
    assertThat(released.wasTaken()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "MIGRATION, false",
    "STATE_MISMATCH, true",
    "SIGNAL_CLOSE, true",
    "DUPLICATE_IDENTITY, true"
  })
  void reason_afterWhichTheCallMayGoOn_isNoEndOfIt(String reason, boolean left) {
    List<Event> events = heard(payload("participant-left").replace("CLIENT_INITIATED", reason));
    assertThat(events).noneMatch(CallEvent.Released.class::isInstance);
    assertThat(events.stream().anyMatch(RoomEvent.Left.class::isInstance)).isEqualTo(left);
  }

  @ParameterizedTest
  @CsvSource({
    "hangup, true, ",
    "hangup, false, true",
    "active, true, true",
    "automation, false, true",
    "ringing, true,",
    "dialing, false,"
  })
  void left_inAState_mayShowThatItHadBeenTaken(String status, boolean inbound, Boolean taken) {
    String body = payload("participant-left").replace("\"hangup\"", '"' + status + '"');
    String other = inbound ? body : body.replace("\"sip.ruleID\":\"SDR_4Qm2\",", "");
    assertThat(heard(other))
        .filteredOn(CallEvent.Released.class::isInstance)
        .singleElement()
        .extracting(e -> ((CallEvent.Released) e).wasTaken())
        .isEqualTo(taken);
  }

  @Test
  void left_ofACallOfTwilios_neverEndsItForCertain() {
    String twilios =
        REJECTED.replace(
            "\"disconnectReason\"",
            "\"attributes\":{\"sip.twilio.callSid\":\"CA1\"},\"disconnectReason\"");
    assertThat(heard(twilios).get(0))
        .isInstanceOfSatisfying(
            CallEvent.Released.class,
            released -> {
              assertThat(released.callId()).isEqualTo("CA1");
              assertThat(released.outcome()).isEqualTo(Outcome.BUSY);
            });
  }

  @Test
  void left_outgoingByTwilio_isOfTheCallThatJoined() {
    String body =
        payload("participant-left")
            .replace("\"sip.ruleID\":\"SDR_4Qm2\"", "\"sip.twilio.callSid\":\"CA1\"");
    List<Event> events = heard(body);
    assertThat(events).noneMatch(CallEvent.class::isInstance);
    assertThat(events.get(1))
        .isInstanceOfSatisfying(
            RoomEvent.CallLeft.class,
            left -> {
              assertThat(left.released().callId()).isEqualTo("CA1");
              assertThat(left.released().wasTaken()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "STANDARD, USER",
    "CONNECTOR, USER",
    "AGENT, AGENT",
    "EGRESS, MACHINE",
    "INGRESS, MACHINE",
    "BRIDGE, OTHER",
    "CYBORG, OTHER"
  })
  void joined_byAnybodyElse_isNoCall(String word, Kind kind) {
    assertThat(heard(payload("agent-joined").replace("\"AGENT\"", '"' + word + '"')))
        .singleElement()
        .isInstanceOfSatisfying(
            RoomEvent.Joined.class, joined -> assertThat(joined.kind()).isEqualTo(kind));
  }

  @Test
  void track_audio_isHeard_andVideoIsNot() {
    assertThat(heard(payload("track-published")))
        .containsExactly(new RoomEvent.Published("RM_a1B2c3D4e5F6", "PA_agent1"));
    server.journal().clear();
    assertThat(heard(payload("track-published").replace("\"sid\":\"TR_1\"", "\"type\":\"VIDEO\"")))
        .containsExactly(new CallbackEvent.LivekitOther("track_published"));
  }

  @Test
  void track_ofACallIdentityAlone_isNoCall() {
    // LiveKit says only id and identity there, and the identity of calls begins like this.
    String body = payload("track-published").replace("agent-AJ_1", "sip_+14155550143");
    assertThat(heard(body)).noneMatch(CallEvent.class::isInstance);
  }

  @Test
  void room_finishedOrRecorded_isToldOfTheRoom() {
    assertThat(heard(payload("room-finished")))
        .containsExactly(new RoomEvent.Finished("RM_a1B2c3D4e5F6"));
    server.journal().clear();
    assertThat(heard(payload("egress-ended")))
        .containsExactly(
            new RoomEvent.Recorded("RM_a1B2c3D4e5F6", "call-_+14155550143_q9Zx", "EG_1"));
    server.journal().clear();
    assertThat(heard(payload("egress-ended").replace("EGRESS_COMPLETE", "EGRESS_FAILED")))
        .containsExactly(new CallbackEvent.LivekitOther("egress_ended"));
  }

  @Test
  void webhook_withoutId_isKnownByItsBody() {
    String body = JOINED.replace("\"id\":\"EV_9tR4bWqL2e\",", "");
    deliver(body);
    assertThat(deliver(body).key().id()).isEqualTo("sha256:" + LivekitSigner.hash(body));
  }

  @Test
  void numbers_asNumbers_areTheSame() {
    List<Event> expected = heard(JOINED);
    server.journal().clear();
    assertThat(heard(JOINED.replaceAll("\"(\\d{10,13})\"", "$1"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{}`, `{}`, C123,",
        "`{'campaign_id':'C9'}`, ``, C9,",
        "`{'campaign_id':'C9'}`, `{'campaign_id':7,'user_id':'u1'}`, 7, u1",
        "`not JSON`, `{'campaign_id':{'a':1}`, C123,"
      })
  void metadata_comesBeforeTheName(String room, String person, String campaign, String user) {
    String body =
        REJECTED
            .replace("\"creationTime\"", metadata(room) + "\"creationTime\"")
            .replace("\"identity\"", metadata(person) + "\"identity\"");
    Beginning beginning = ((CallEvent.Ended) heard(body).get(0)).beginning();
    assertThat(beginning.campaignId()).isEqualTo(campaign);
    assertThat(beginning.userId()).isEqualTo(user);
  }

  private static String metadata(String json) {
    return "\"metadata\":\"" + json.replace("'", "\\\"") + "\",";
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', missing_field",
    "'{\"event\":7}', wrong_type",
    "'{\"event\":\"room_finished\",\"room\":[]}', wrong_type",
    "'{\"event\":\"room_finished\",\"createdAt\":\"soon\"}', invalid_time",
    "'{\"event\":\"room_finished\",\"id\":\"\\n\"}', invalid_value",
    "'{\"event\":\"participant_left\",\"participant\":{\"kind\":\"SIP\"}}', missing_field"
  })
  void webhook_thatMakesNoSense_isRefused(String body, String word) {
    assertRefused(server.send(proven(body)), 400, word);
  }
}
