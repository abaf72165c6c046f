package io.busyhour.cli.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A path with its query, escaped as it has to be. */
public final class Query {
  private final StringBuilder path;

  /** A query of a path without parameters. */
  public Query(String path) {
    this.path = new StringBuilder(path);
  }

  /** An id as a segment of a path. */
  public static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Adds a parameter, unless its value is null. */
  public Query with(String name, Object value) {
    if (value != null) {
      path.append(path.indexOf("?") < 0 ? '?' : '&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
    return this;
  }

  /** The whole of it. */
  public String path() {
    return path.toString();
  }
}
