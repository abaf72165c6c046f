package io.busyhour.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.busyhour.cli.remote.Answer;
import io.busyhour.cli.remote.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command that asks a server. */
public final class Connection {
  private static final int BAD_REQUEST = 400;

  /** The exit code of a command that is wrong: the server knows the range of an option. */
  private static final int WRONG = 2;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(
      names = "--url",
      defaultValue = "http://localhost:8080",
      description = "where the server listens (default: ${DEFAULT-VALUE})")
  private URI url;

  @Option(
      names = "--token-file",
      paramLabel = "<file>",
      description = "a file that holds the token to ask with")
  private Path tokenFile;

  @Option(names = "--json", description = "print JSON, for machines")
  private boolean json;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  /** The server that is meant. */
  public Server server() {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw wrong("--url: \"%s\" (expected: such as http://localhost:8080)".formatted(url));
    }
    return new Server(url, token());
  }

  /** Whether the reader is a machine. */
  public boolean isJson() {
    return json;
  }

  /** What a good answer says, as it came. */
  public String pretty(Answer answer) {
    try {
      return JSON.writeValueAsString(answer.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was read cannot be written", e);
    }
  }

  /** How an answer is shown to people. */
  @FunctionalInterface
  public interface View {
    /** Writes what is in the body of a good answer. */
    void show(JsonNode body, PrintWriter out);
  }

  /** Asks for what is at a path and shows it, as it came or to people; returns the exit code. */
  public int show(String path, View people) throws InterruptedException {
    Answer answer = server().get(path);
    if (!answer.isGood()) {
      return refused(answer);
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(pretty(answer));
    } else {
      people.show(answer.body(), out);
    }
    return 0;
  }

  /** Says why the server refused; returns the exit code. */
  public int refused(Answer answer) {
    command.commandLine().getErr().println("busyhour: " + answer.message());
    return answer.status() == BAD_REQUEST ? WRONG : 1;
  }

  private String token() {
    if (tokenFile == null) {
      return null;
    }
    try {
      String token = Files.readString(tokenFile).strip();
      // RFC 6750, 2.1: what may stand after "Bearer". The token itself is never shown.
      if (!token.matches("[A-Za-z0-9._~+/-]+=*")) {
        throw wrong("--token-file: " + tokenFile + " does not hold one token and nothing else");
      }
      return token;
    } catch (IOException e) {
      throw wrong("--token-file: " + tokenFile + " cannot be read");
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }
}
