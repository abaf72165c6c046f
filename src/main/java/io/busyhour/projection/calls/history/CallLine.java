package io.busyhour.projection.calls.history;

import io.busyhour.event.Outcome;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One call as an export reads it, straight from the columns and without an entity: what it says is
 * what {@link io.busyhour.projection.change.CallRecord} says of the same call. It is filled anew
 * for each call; times are microseconds since 1970.
 */
public final class CallLine {
  /** A time that is not known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** How much is read of a call: reading less is faster. */
  public enum Width {
    /** What most ask for. */
    USUAL,
    /** All that is known. */
    ALL
  }

  /** Texts that are shown as they are stored; those that are usual first. */
  public enum Text {
    DIRECTION("direction"),
    FROM("from_number"),
    TO("to_number"),
    ACCOUNT("account"),
    CAMPAIGN("campaign_id"),
    TRUNK("trunk"),
    USER("user_id"),
    PROVIDER("provider"),
    ZONE("coalesce(zone, derived_zone)"),
    ORIGINATION("coalesce(origination_country, derived_origination)"),
    DESTINATION("coalesce(destination_country, derived_destination)"),
    ANSWERED_BY("answered_by"),
    HANGUP_SOURCE(
        "coalesce(hangup_source,"
            + " case when released_standing = 'RELEASE' then released_hangup_source end)"),
    CURRENCY("currency"),
    ERROR_TYPE("error_type"),
    CODEC("codec"),
    SOURCE("source");

    private final String column;

    Text(String column) {
      this.column = column;
    }
  }

  /** Figures; null is unknown. */
  public enum Figure {
    PDD_MS("pdd_ms"),
    SIP_CODE(
        "coalesce(sip_code, case when released_standing = 'REFUSAL' then refused_sip_code end)"),
    Q850_CAUSE("q850_cause"),
    MOS("mos"),
    R_FACTOR("r_factor"),
    JITTER_MS("jitter_ms"),
    PACKET_LOSS("packet_loss"),
    RTT_MS("rtt_ms");

    private final String column;

    Figure(String column) {
      this.column = column;
    }
  }

  private static final List<Text> TEXTS = List.of(Text.values());
  private static final List<Text> USUAL_TEXTS = TEXTS.subList(0, TEXTS.indexOf(Text.TRUNK) + 1);
  private static final List<Figure> FIGURES = List.of(Figure.values());

  private final Width width;
  private final Map<Text, String> texts = new EnumMap<>(Text.class);
  private final Map<Figure, Number> figures = new EnumMap<>(Figure.class);
  private String callId;
  private String outcome;
  private boolean reaped;
  private long startedAt;
  private long initiatedAt = UNKNOWN;
  private long ringingAt = UNKNOWN;
  private long answeredAt = UNKNOWN;
  private long endedAt;
  private Double duration;
  private Double talkSeconds;
  private BigDecimal cost;
  private Boolean hasTranscript;
  private Boolean hasAudio;

  CallLine(Width width) {
    this.width = width;
  }

  /** A line of which nothing is known. */
  public static CallLine nothing(Width width) {
    return new CallLine(width);
  }

  /** How much of the call was read. */
  public Width width() {
    return width;
  }

  static String select(Width width) {
    StringBuilder sql =
        new StringBuilder(
            "select call_id, outcome, case when released_standing = 'REAPED' then 1 end,"
                + " started_at, ended_at, talk_seconds, has_transcript, has_audio");
    texts(width).forEach(text -> sql.append(", ").append(text.column));
    if (width == Width.ALL) {
      FIGURES.forEach(figure -> sql.append(", ").append(figure.column));
      sql.append(", initiated_at, ringing_at, coalesce(answered_at, supposed_answered_at),")
          .append(" duration_seconds, cost");
    }
    return sql.append(" from calls").toString();
  }

  private static List<Text> texts(Width width) {
    return width == Width.ALL ? TEXTS : USUAL_TEXTS;
  }

  void load(ResultSet row) throws SQLException {
    int column = 1;
    callId = row.getString(column++);
    outcome = row.getString(column++);
    reaped = row.getInt(column++) != 0;
    startedAt = time(row, column++);
    endedAt = time(row, column++);
    talkSeconds = seconds(row, column++);
    hasTranscript = flag(row, column++);
    hasAudio = flag(row, column++);
    for (Text text : texts(width)) {
      texts.put(text, row.getString(column++));
    }
    if (width == Width.ALL) {
      for (Figure figure : FIGURES) {
        figures.put(figure, (Number) row.getObject(column++));
      }
      initiatedAt = time(row, column++);
      ringingAt = time(row, column++);
      answeredAt = time(row, column++);
      duration = seconds(row, column++);
      cost = row.getBigDecimal(column);
    }
  }

  private static long time(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? UNKNOWN : micros;
  }

  private static Double seconds(ResultSet row, int column) throws SQLException {
    double seconds = row.getDouble(column);
    return row.wasNull() ? null : Double.valueOf(seconds);
  }

  private static Boolean flag(ResultSet row, int column) throws SQLException {
    boolean flag = row.getBoolean(column);
    return row.wasNull() ? null : Boolean.valueOf(flag);
  }

  /** The call's id. */
  public String callId() {
    return callId;
  }

  /** How it ended, as the constant is named in {@link Outcome}, or null while it is open. */
  public String outcome() {
    return outcome;
  }

  /** Whether the stale-call reaper ended it. */
  public boolean isReaped() {
    return reaped;
  }

  /** When it began. */
  public long startedAt() {
    return startedAt;
  }

  /** When it rang first, or unknown. */
  public long ringingAt() {
    return ringingAt;
  }

  /** When it was taken: as said, else its end less its talk time if completed; if all is read. */
  public long answeredAt() {
    if (answeredAt != UNKNOWN || !isCompleted() || duration == null) {
      return answeredAt;
    }
    return Math.floorDiv(endedAt * 1000 - (long) (duration * 1e9), 1000);
  }

  /** When it ended, or unknown. */
  public long endedAt() {
    return endedAt;
  }

  /** Talk time in seconds: as said, else answer to end of a completed call; else null. */
  public Double talkSeconds() {
    return talkSeconds;
  }

  /** INVITE to the first 18x in milliseconds: as said, else by the two times; else null. */
  public Number postDialDelayMs() {
    Number said = figure(Figure.PDD_MS);
    if (said != null || initiatedAt == UNKNOWN || ringingAt == UNKNOWN || ringingAt < initiatedAt) {
      return said;
    }
    return (ringingAt - initiatedAt) * 1000 / 1e6;
  }

  /** What it cost, or null. */
  public BigDecimal cost() {
    return cost == null ? null : cost.stripTrailingZeros();
  }

  /** Whether there is a transcript, or null. */
  public Boolean hasTranscript() {
    return hasTranscript;
  }

  /** Whether there is a recording, or null. */
  public Boolean hasAudio() {
    return hasAudio;
  }

  /** A text, or null. */
  public String text(Text which) {
    return texts.get(which);
  }

  /** A figure, or null. */
  public Number figure(Figure which) {
    return figures.get(which);
  }

  private boolean isCompleted() {
    return "COMPLETED".equals(outcome);
  }
}
