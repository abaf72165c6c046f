package io.busyhour.receive.librato;

import io.busyhour.event.LineEvent.Origin;
import java.util.Locale;
import java.util.Set;

/**
 * What a line's source says: whose its measurements are, and of which job. Three forms are known:
 *
 * <ul>
 *   <li>{@code host.account.campaign.caller_session.campaign_type.caller_session_type
 *       .caller_phone_type}; the host may have dots, and what is unknown is a hyphen or empty
 *   <li>tagged parts in any order, such as {@code ac-1.ca-2.dm-predictive}; the campaign's type may
 *       come first without a tag
 *   <li>{@code resque.queue.job} and {@code host.sidekiq.queue.worker}, both with the class of an
 *       exception behind them where there was one
 * </ul>
 *
 * <p>All else is dropped: hosts, caller sessions, callers, phone numbers, call ids, URLs, and
 * sources of other forms.
 *
 * @param job null where it is of none
 */
record Source(Origin origin, Job job) {
  static final Source UNKNOWN = new Source(Origin.UNKNOWN, null);

  private static final int LONGEST = 512;
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_WORD = 32;

  /** So many digits in a row, whatever stands between them, are a phone number's. */
  private static final int DIGITS_OF_A_NUMBER = 10;

  private static final int TEMPLATE = 7;
  private static final Set<String> CAMPAIGN_TYPES = Set.of("preview", "power", "predictive");
  private static final Set<String> OTHER_TAGS =
      Set.of("cs", "cl", "seq", "phone", "sid", "code", "url");

  /**
   * A job.
   *
   * @param cause the class of its exception, or null
   */
  record Job(String queue, String name, String cause) {}

  static Source parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return UNKNOWN;
    }
    // A URL has dots and comes last.
    int url = text.startsWith("url-") ? 0 : text.indexOf(".url-");
    String[] parts = (url < 0 ? text : text.substring(0, url)).split("\\.", -1);
    Origin tagged = tagged(parts);
    return new Source(tagged == null ? untagged(parts) : tagged, job(parts));
  }

  /** What the tags say, or null if there is none. */
  private static Origin tagged(String[] parts) {
    String account = null;
    String campaign = null;
    String type = campaignType(parts[0]);
    boolean isTagged = false;
    for (String part : parts) {
      int hyphen = part.indexOf('-');
      String tag = hyphen < 0 ? "" : part.substring(0, hyphen);
      String value = part.substring(hyphen + 1);
      boolean known = true;
      switch (tag) {
        case "ac" -> account = account == null ? id(value) : account;
        case "ca" -> campaign = campaign == null ? id(value) : campaign;
        case "dm" -> type = type == null ? campaignType(value) : type;
        default -> known = OTHER_TAGS.contains(tag);
      }
      isTagged |= known;
    }
    return isTagged ? new Origin(account, campaign, type, null, null) : null;
  }

  private static Origin untagged(String[] parts) {
    int host = parts.length - TEMPLATE;
    if (host < 0) {
      String type = campaignType(parts[0]);
      return type == null ? Origin.UNKNOWN : new Origin(null, null, type, null, null);
    }
    String said = parts[host + 4];
    String type = campaignType(said);
    if (type == null && !isUnknown(said)) {
      return Origin.UNKNOWN;
    }
    return new Origin(
        id(parts[host + 1]),
        id(parts[host + 2]),
        type,
        word(parts[host + 5]),
        word(parts[host + 6]));
  }

  private static Job job(String[] parts) {
    int at = parts[0].equals("resque") ? 0 : indexOfSidekiq(parts);
    if (at < 0 || at + 2 >= parts.length) {
      return null;
    }
    String queue = Label.of(parts[at + 1]);
    String name = Label.of(parts[at + 2]);
    boolean isCause = at + 3 < parts.length && parts[at + 3].indexOf('-') < 0;
    String cause = isCause ? Label.of(parts[at + 3]) : null;
    return queue == null || name == null ? null : new Job(queue, name, cause);
  }

  private static int indexOfSidekiq(String[] parts) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].equals("sidekiq")) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isUnknown(String part) {
    return part.isEmpty() || part.equals("-");
  }

  private static String campaignType(String part) {
    String lower = part.toLowerCase(Locale.ROOT);
    return CAMPAIGN_TYPES.contains(lower) ? lower : null;
  }

  /** An account's or a campaign's id; null for what looks like no id, or like a phone number. */
  private static String id(String part) {
    boolean good = !isUnknown(part) && part.length() <= LONGEST_ID;
    int digits = 0;
    for (int i = 0; good && i < part.length(); i++) {
      char c = part.charAt(i);
      good = Label.isWritten(c);
      if (Label.isDigit(c)) {
        digits++;
      } else if (Label.isLetter(c)) {
        digits = 0;
      }
      good &= digits < DIGITS_OF_A_NUMBER;
    }
    return good ? part : null;
  }

  /** A kind of something: a word without digits, or null. */
  private static String word(String part) {
    boolean good = !isUnknown(part) && part.length() <= LONGEST_WORD;
    for (int i = 0; good && i < part.length(); i++) {
      char c = part.charAt(i);
      good = Label.isLetter(c) || c == '_' || c == '-' || c == ' ';
    }
    return good ? part.replace(' ', '_') : null;
  }
}
