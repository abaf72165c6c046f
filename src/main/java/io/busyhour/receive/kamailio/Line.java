package io.busyhour.receive.kamailio;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Body;
import io.busyhour.receive.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line as Kamailio logs it, with whatever syslog writes before it: an acc record, a CDR, or
 * what acc_json logs.
 */
final class Line {
  /** As long as Kamailio's own buffer; what is longer was cut there. */
  static final int MAX_BYTES = 64 * 1024;

  private static final String ACC = "ACC: ";
  private static final String ACC_FIELDS = "timestamp=";
  private static final String CDR = "start_time=";
  private static final int MAX_FIELDS = 500;

  /** Where an object begins: at the line's beginning in any writing, later as acc_json does it. */
  private static final Pattern JSON = Pattern.compile("^\\s*\\{\\s*[\"']|\\{\"");

  // Values are not escaped: what follows a separator is a field only if it looks like one.
  private static final Pattern ACC_SEPARATOR = Pattern.compile(";(?=[A-Za-z_][\\w.-]{0,63}=)");
  private static final Pattern CDR_SEPARATOR = Pattern.compile("; (?=[A-Za-z_][\\w.-]{0,63}=)");

  /** These come first; one that is there again is part of a value that somebody else wrote. */
  private static final Set<String> CORE =
      Set.of(
          "timestamp",
          "time_exten",
          "time_attr",
          "method",
          "from_tag",
          "to_tag",
          "call_id",
          "code",
          "start_time",
          "end_time",
          "duration");

  private Line() {}

  /**
   * The fields of a line.
   *
   * @throws Refusal where there is none of these in it
   */
  static Map<String, Object> fields(byte[] body, int offset, int length) {
    if (length > MAX_BYTES) {
      throw Body.tooLarge("The line", MAX_BYTES);
    }
    Body.requireUtf8(body, offset, length);
    String line = new String(body, offset, length, StandardCharsets.UTF_8);
    int acc = at(line, ACC);
    int cdr = at(line, CDR);
    Matcher object = JSON.matcher(line);
    int json = object.find() ? object.start() : line.length();
    if (acc < cdr && acc < json) {
      int fields = line.indexOf(ACC_FIELDS, acc);
      return fields < 0 ? Map.of("method", "") : fields(line, fields, ACC_SEPARATOR);
    }
    if (cdr < json) {
      return fields(line, cdr, CDR_SEPARATOR);
    }
    if (json < line.length()) {
      return object(line.substring(json).getBytes(StandardCharsets.UTF_8));
    }
    throw new Refusal(
        Reason.UNKNOWN_TYPE,
        "This line has no record in it (expected: \"ACC: \", \"start_time=\" or a JSON object).");
  }

  private static Map<String, Object> object(byte[] bytes) {
    try (JsonReader json = JsonReader.lenient(bytes, 0, bytes.length, MAX_BYTES)) {
      Map<String, Object> object = json.object();
      json.end();
      return object;
    }
  }

  private static int at(String line, String mark) {
    int found = line.indexOf(mark);
    return found < 0 ? line.length() : found;
  }

  private static Map<String, Object> fields(String line, int from, Pattern separator) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String field : separator.split(end(line, from), MAX_FIELDS)) {
      int equals = field.indexOf('=');
      String name = field.substring(0, equals);
      if (!CORE.contains(name) || !fields.containsKey(name)) {
        fields.put(name, field.substring(equals + 1));
      }
    }
    return fields;
  }

  /** Kamailio ends its records with a line feed, which rsyslog writes as #012. */
  private static String end(String line, int from) {
    String rest = line.substring(from).stripTrailing();
    return rest.endsWith("#012") ? rest.substring(0, rest.length() - 4) : rest;
  }
}
