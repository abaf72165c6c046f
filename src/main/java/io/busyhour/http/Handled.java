package io.busyhour.http;

import java.util.Optional;

/**
 * What became known of the request that this thread handles, for who writes the log of requests: a
 * path as it was sent may hold a phone number, its template does not.
 */
public final class Handled {
  private static final ThreadLocal<Handled> CURRENT = ThreadLocal.withInitial(Handled::new);

  private String route;
  private String token;

  private Handled() {}

  /** Forgets the request before; gives where the next one is described. */
  public static Handled begin() {
    CURRENT.remove();
    return CURRENT.get();
  }

  static void by(String route) {
    CURRENT.get().route = route;
  }

  static void forToken(String name) {
    CURRENT.get().token = name;
  }

  /** The template of the resource's path, such as {@code /calls/{id}}, if it is one of ours. */
  public Optional<String> route() {
    return Optional.ofNullable(route);
  }

  /**
   * The name of the token that was shown, let in with it or not, or {@code anybody} where there are
   * none.
   */
  public Optional<String> token() {
    return Optional.ofNullable(token);
  }
}
