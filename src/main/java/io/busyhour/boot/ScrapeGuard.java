package io.busyhour.boot;

import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.http.Tokens;
import io.busyhour.serve.scrape.Scrape;
import io.busyhour.serve.scrape.Scrape.Refused;
import java.util.Optional;
import java.util.function.Function;

/** Lets in who presents a bearer token with the role read, or anybody where there are no tokens. */
final class ScrapeGuard implements Scrape.Guard {
  private final Tokens tokens;

  ScrapeGuard(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Optional<Refused> check(Function<String, Optional<String>> header) {
    try {
      tokens.admit(header.apply("Authorization").orElse(null), Role.READ);
      return Optional.empty();
    } catch (Refusal r) {
      return Optional.of(
          new Refused(r.reason().status(), r.headers(), r.reason().word(), r.getMessage()));
    }
  }
}
