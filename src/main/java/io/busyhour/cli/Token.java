package io.busyhour.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code token}. */
@Command(
    name = "token",
    description =
        "Makes a token, and the line that lets it in: the line belongs into the file that "
            + "the setting busyhour.tokens names. The token is shown this once and kept nowhere.")
final class Token implements Callable<Integer> {
  private static final Set<String> ROLES = Set.of("ingest", "read", "pii", "admin");
  private static final int BYTES = 32;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      defaultValue = "client",
      description = "whose token it is (default: ${DEFAULT-VALUE})")
  private String name;

  @Option(
      names = "--role",
      split = ",",
      defaultValue = "ingest",
      description = "what it may do: ingest, read, pii, admin (default: ${DEFAULT-VALUE})")
  private List<String> roles;

  @Option(names = "--json", description = "print JSON, for machines")
  private boolean json;

  @Override
  public Integer call() {
    check();
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    String line = "%s %s %s".formatted(name, String.join(",", roles), sha256(token));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.printf("{\"token\":\"%s\",\"line\":\"%s\"}%n", token, line);
    } else {
      out.printf("The token, for the sender:%n  %s%n", token);
      out.printf("Its line for the file of tokens:%n  %s%n", line);
    }
    return 0;
  }

  private void check() {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw wrong("NAME: \"" + name + "\" (expected: 1 to 64 letters, digits, dots, _ or -)");
    }
    for (String role : roles) {
      if (!ROLES.contains(role)) {
        throw wrong("--role: \"" + role + "\" (expected: some of ingest, read, pii, admin)");
      }
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private static String sha256(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
