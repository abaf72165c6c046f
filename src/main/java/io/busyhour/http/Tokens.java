package io.busyhour.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tokens that open guarded resources, known by their SHA-256 only. One line for each: {@code
 * name role[,role] hash}, the hash in lower-case hex; empty lines and those that begin with # are
 * ignored.
 */
public final class Tokens {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private static final String SCHEME = "Bearer ";
  // Without tokens everything is open but whole phone numbers: those need somebody to answer for.
  private static final Holder ANYBODY =
      new Holder("anybody", EnumSet.complementOf(EnumSet.of(Role.PII)));

  private final List<Token> tokens;

  /**
   * Who holds a token.
   *
   * @param name the name that the file gives the token
   * @param roles what its holder may do
   */
  public record Holder(String name, Set<Role> roles) {
    /** Keeps the roles from changing. */
    public Holder {
      roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }
  }

  private record Token(Holder holder, String hash) {}

  private Tokens(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /** No tokens: guarded resources are open to everybody. */
  public static Tokens none() {
    return new Tokens(List.of());
  }

  /**
   * Reads the lines of a file of tokens.
   *
   * @throws IllegalArgumentException naming all faults by line, and never what may be a secret
   */
  public static Tokens parse(List<String> lines) {
    List<String> faults = new ArrayList<>();
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        parse(line, "line " + (i + 1) + ": ", tokens, faults);
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return new Tokens(tokens);
  }

  private static void parse(String line, String where, List<Token> into, List<String> faults) {
    String[] parts = BLANKS.split(line, -1);
    if (parts.length != 3) {
      faults.add(where + parts.length + " words (expected: name role[,role] hash)");
      return;
    }
    int before = faults.size();
    Set<Role> roles = roles(parts[1], where, faults);
    if (!HASH.matcher(parts[2]).matches()) {
      faults.add(
          where
              + "the hash of "
              + shown(parts[0])
              + " (expected: 64 lower-case hexadecimal digits,"
              + " the SHA-256 of the token)");
    }
    if (into.stream().anyMatch(t -> t.holder.name().equals(parts[0]))) {
      faults.add(where + "name: " + shown(parts[0]) + " (expected: each name once)");
    }
    if (faults.size() == before) {
      into.add(new Token(new Holder(parts[0], roles), parts[2]));
    }
  }

  private static Set<Role> roles(String words, String where, List<String> faults) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words.split(",", -1)) {
      Role role = Role.named(word);
      if (role == null) {
        faults.add(where + "role: " + shown(word) + " (expected: one of " + Role.list() + ")");
      } else {
        roles.add(role);
      }
    }
    return roles;
  }

  /** Words in the wrong place may be secrets, and secrets are long. */
  private static String shown(String word) {
    return word.length() <= 16 ? "\"" + word + "\"" : "a word of " + word.length() + " characters";
  }

  /** Tells whether there are none, so that guarded resources are open. */
  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /**
   * Lets in who presents a bearer token with a role (RFC 6750), or anybody where there are none.
   *
   * @param authorization the header of that name, or null
   * @throws Refusal unauthorized or forbidden
   */
  public Holder admit(String authorization, Role role) {
    Holder holder = isEmpty() ? ANYBODY : presented(authorization, role);
    // Before the role is looked at: whose token lacks one is what the log is asked then.
    Handled.forToken(holder.name());
    if (!holder.roles().contains(role)) {
      throw new Refusal(
          Reason.FORBIDDEN,
          "The token \"%s\" lacks the role %s.".formatted(holder.name(), role.word()));
    }
    return holder;
  }

  private Holder presented(String authorization, Role role) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Refusal(
          Reason.UNAUTHORIZED,
          "A token with the role %s is needed: send Authorization: Bearer <token>."
              .formatted(role.word()));
    }
    return holder(authorization.substring(SCHEME.length()).strip())
        .orElseThrow(() -> new Refusal(Reason.UNAUTHORIZED, "This token is not known here."));
  }

  /** Who holds a token; all tokens are compared, each in constant time. */
  public Optional<Holder> holder(String presented) {
    byte[] hash = hex(sha256(presented));
    Holder found = null;
    for (Token token : tokens) {
      if (MessageDigest.isEqual(token.hash.getBytes(StandardCharsets.US_ASCII), hash)) {
        found = token.holder;
      }
    }
    return Optional.ofNullable(found);
  }

  private static byte[] hex(byte[] hash) {
    return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Says how many there are. */
  @Override
  public String toString() {
    return tokens.size() + " tokens";
  }
}
