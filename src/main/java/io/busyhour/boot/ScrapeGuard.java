package io.busyhour.boot;

import io.busyhour.http.Role;
import io.busyhour.http.Tokens;
import io.busyhour.serve.scrape.Scrape;
import io.busyhour.serve.scrape.Scrape.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Lets in who presents a bearer token with the role read, or anybody where there are no tokens. */
final class ScrapeGuard implements Scrape.Guard {
  private static final String SCHEME = "Bearer ";
  private static final Map<String, String> CHALLENGE =
      Map.of("WWW-Authenticate", "Bearer realm=\"busyhour\"");

  private final Tokens tokens;

  ScrapeGuard(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Optional<Refused> check(Function<String, Optional<String>> header) {
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    Optional<Tokens.Holder> holder =
        header
            .apply("Authorization")
            .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .flatMap(value -> tokens.holder(value.substring(SCHEME.length()).strip()));
    if (holder.isEmpty()) {
      return Optional.of(
          new Refused(
              401,
              CHALLENGE,
              "unauthorized",
              "A token with the role read is needed: send Authorization: Bearer <token>."));
    }
    if (!holder.get().roles().contains(Role.READ)) {
      return Optional.of(
          new Refused(
              403,
              Map.of(),
              "forbidden",
              "The token \"%s\" lacks the role read.".formatted(holder.get().name())));
    }
    return Optional.empty();
  }
}
