package io.busyhour.receive.rtpengine;

import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.receive.EventData;
import io.busyhour.receive.EventTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The reply to a {@code query} or {@code delete}: what RTCP told of each source of RTP. Without
 * RTCP nothing is said, and without a round-trip time no MOS.
 */
final class CallReply {
  private static final int MOST_SOURCES = 100;
  private static final double MICROS_PER_MS = 1000;
  private static final double MOS_SCALE = 10;
  private static final double PERCENT = 100;

  private final String callId;
  private final Reply reply;
  private final Instant receipt;

  CallReply(String callId, Reply reply, Instant receipt) {
    this.callId = callId;
    this.reply = reply;
    this.receipt = receipt;
  }

  /** A report of each source of which something was measured; else that nothing was. */
  List<Occurrence> occurrences() {
    Instant time = time();
    Map<String, Reply> sources = new LinkedHashMap<>();
    reply
        .part("SSRC")
        .fields()
        .forEach((ssrc, of) -> put(String.valueOf(ssrc), new Reply(asMap(of)), sources));
    medias().flatMap(media -> media.list("ingress SSRCs")).forEach(of -> put(id(of), of, sources));
    Map<String, String> codecs = codecs();
    List<Occurrence> all = new ArrayList<>();
    sources.forEach((ssrc, of) -> report(of, codecs.get(ssrc), time, all));
    return all.isEmpty() ? List.of(nothing(time)) : all;
  }

  private static Map<?, ?> asMap(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Newer versions write a source in either of two places, or in both. */
  private static void put(String ssrc, Reply source, Map<String, Reply> sources) {
    if (source.has("average MOS") && sources.size() < MOST_SOURCES) {
      sources.putIfAbsent(ssrc, source);
    }
  }

  private static String id(Reply of) {
    return String.valueOf(of.fields().get("SSRC"));
  }

  private Stream<Reply> medias() {
    return reply.part("tags").parts().flatMap(tag -> tag.list("medias"));
  }

  /** What each source sends. */
  private Map<String, String> codecs() {
    Map<String, String> codecs = new HashMap<>();
    medias()
        .filter(media -> media.text("codec") != null)
        .forEach(
            media ->
                Stream.concat(media.list("streams"), media.list("ingress SSRCs"))
                    .forEach(of -> codecs.putIfAbsent(id(of), media.text("codec"))));
    return codecs;
  }

  private void report(Reply source, String codec, Instant time, List<Occurrence> all) {
    Reply average = source.part("average MOS");
    // 0 stands for unknown, and makes the figures beside it unknown: it is the sum of no reports.
    Double mos = known(average.number("MOS"), MOS_SCALE);
    Double roundTrip = known(average.number("round-trip time"), MICROS_PER_MS);
    Double loss = loss(source, mos != null);
    if (mos != null || roundTrip != null || loss != null) {
      all.add(
          new EventData()
              .put("call_id", callId)
              .put("codec", codec)
              .put("mos", mos)
              .put("rtt_ms", roundTrip)
              .put("jitter_ms", mos == null ? null : average.number("jitter"))
              .put("packet_loss", loss)
              .happened(EventType.CALL_QUALITY, time));
    }
  }

  private static Double known(Double value, double scale) {
    return value == null || value == 0 ? null : Double.valueOf(value / scale);
  }

  /** As a share of packets where they were counted: the average is in whole percent. */
  private static Double loss(Reply source, boolean isAveraged) {
    Double packets = source.number("packets");
    Double lost = source.number("cumulative loss");
    if (packets != null && lost != null && packets > 0) {
      // RTCP counts what was received twice as less than nothing lost (RFC 3550, 6.4.1).
      return Math.max(0, lost) / (packets + Math.max(0, lost));
    }
    Double percent = source.part("average MOS").number("packet loss");
    return isAveraged && percent != null ? Double.valueOf(percent / PERCENT) : null;
  }

  /**
   * When it was so: the last packet of the call, so that of two reports the later one stands
   * whenever they are received.
   */
  private Instant time() {
    return Stream.concat(
            medias().flatMap(media -> media.list("streams")).map(s -> s.number("last packet")),
            Stream.of("last signal", "last_signal", "created").map(reply::number))
        .filter(seconds -> seconds != null && seconds > 0)
        .max(Double::compare)
        .map(seconds -> EventTime.parseUnix("last packet", plain(seconds), receipt))
        .orElse(receipt);
  }

  private static String plain(double seconds) {
    return new BigDecimal(seconds).setScale(6, RoundingMode.DOWN).toPlainString();
  }

  private Occurrence nothing(Instant time) {
    return new EventData()
        .put("kind", "media")
        .put("call_id", callId)
        .happened(EventType.SWITCH_OTHER_RECORD, time);
  }
}
