package io.busyhour.receive.livekit;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Set;

/**
 * Finds campaign and user in the name of a room. The expressions are RE2's: other than Java's own,
 * they take time in proportion to the name, whatever somebody calls a room.
 */
public final class RoomPattern {
  /** Names such as {@code campaign-C123__lead-L456__1795161600} have a campaign in them. */
  public static final String STANDARD = "campaign-(?P<campaign_id>.+?)__lead-.+";

  /** What is written for an expression that finds nothing: an empty setting is one not set. */
  private static final String NONE = "none";

  private static final String CAMPAIGN = "campaign_id";
  private static final String USER = "user_id";
  private static final Set<String> GROUPS = Set.of(CAMPAIGN, USER);
  // LiveKit's own limit for names is 256 bytes.
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_PATTERN = 1000;

  private final Pattern pattern;

  /** What a name says; null what it does not. */
  record Found(String campaignId, String userId) {
    static final Found NOTHING = new Found(null, null);
  }

  private RoomPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a regular expression that a whole name must match, with a group named campaign_id, one
   * named user_id, or both; {@code none} for one that finds nothing.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static RoomPattern parse(String expression) {
    if (expression.equals(NONE)) {
      return none();
    }
    if (expression.length() > LONGEST_PATTERN) {
      throw new IllegalArgumentException("expected: at most 1000 characters");
    }
    Pattern pattern = compiled(expression);
    Set<String> groups = pattern.namedGroups().keySet();
    if (groups.isEmpty() || !GROUPS.containsAll(groups)) {
      throw new IllegalArgumentException("expected: groups named campaign_id, user_id or both");
    }
    return new RoomPattern(pattern);
  }

  private static Pattern compiled(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** One that finds nothing. */
  public static RoomPattern none() {
    return new RoomPattern(null);
  }

  Found find(String name) {
    if (pattern == null || name == null || name.length() > LONGEST_NAME) {
      return Found.NOTHING;
    }
    Matcher matcher = pattern.matcher(name);
    return matcher.matches()
        ? new Found(group(matcher, CAMPAIGN), group(matcher, USER))
        : Found.NOTHING;
  }

  private String group(Matcher matcher, String name) {
    String found = pattern.namedGroups().containsKey(name) ? matcher.group(name) : null;
    return found == null || found.isEmpty() ? null : found;
  }

  /** The expression. */
  @Override
  public String toString() {
    return pattern == null ? NONE : pattern.pattern();
  }
}
