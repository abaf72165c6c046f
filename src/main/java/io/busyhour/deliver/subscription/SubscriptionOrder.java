package io.busyhour.deliver.subscription;

import io.busyhour.deliver.SentObject;
import io.busyhour.deliver.subscription.Subscription.State;
import io.busyhour.event.field.Field;
import io.busyhour.event.field.Fields;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.io.InputStream;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What somebody wants of a subscription: that it is made, or changed. Every field is checked. */
final class SubscriptionOrder {
  private static final String WHAT = "subscription";
  private static final int MOST_OF_A_KIND = 1_000;
  private static final int FASTEST = 100_000;

  private final SentObject sent;
  private final URI url;

  private SubscriptionOrder(SentObject sent, Address address) {
    this.sent = sent;
    this.url = sent.has("url") ? address.read(sent.fields().get("url")) : null;
  }

  /** Reads the body that makes one. */
  static Draft draft(InputStream body, Address address) {
    List<String> known =
        List.of("partner_id", "url", "events", "accounts", "trunks", "numbers_shown", "per_second");
    SentObject sent = SentObject.read(WHAT, known, body);
    String partner = sent.get(f -> f.need("partner_id").text());
    sent.get(f -> f.need("url"));
    sent.get(f -> f.need("events"));
    SubscriptionOrder order = new SubscriptionOrder(sent, address);
    Filter none = new Filter(Set.of(), Set.of(), Set.of());
    return new Draft(
        partner, order.url, order.filter(none), order.numbersShown(false), order.perSecond(0));
  }

  /** Reads the body that changes one: it says what becomes different. */
  static SubscriptionOrder change(InputStream body, Address address) {
    List<String> known =
        List.of("paused", "events", "url", "accounts", "trunks", "numbers_shown", "per_second");
    SentObject sent = SentObject.read(WHAT, known, body);
    if (sent.isEmpty()) {
      throw new Refusal(
          Reason.MISSING_FIELD,
          "The body says nothing to change (expected: any of %s)."
              .formatted(String.join(", ", known)));
    }
    SubscriptionOrder order = new SubscriptionOrder(sent, address);
    // Every field is read before a row is locked.
    order.filter(new Filter(Set.of(), Set.of(), Set.of()));
    order.numbersShown(false);
    order.perSecond(0);
    order.state(State.ACTIVE);
    return order;
  }

  /** What a subscription becomes. */
  Subscription of(Subscription before) {
    return new Subscription(
        before.id(),
        before.partnerId(),
        url == null ? before.url() : url,
        filter(before.filter()),
        numbersShown(before.numbersShown()),
        perSecond(before.perSecond()),
        before.secrets(),
        state(before.state()),
        before.createdAt(),
        before.since());
  }

  /** Whether it is only about whether it goes on. */
  boolean isPauseAlone() {
    return sent.fields().keySet().equals(Set.of("paused"));
  }

  private Filter filter(Filter otherwise) {
    return new Filter(
        sent.has("events") ? events() : otherwise.events(),
        texts("accounts", otherwise.accounts()),
        texts("trunks", otherwise.trunks()));
  }

  private Set<String> events() {
    List<String> types = sent.get(f -> f.need("events").each(Topics.names().size(), Field::id));
    if (types.isEmpty()) {
      throw new Refusal(
          Reason.INVALID_VALUE, "subscription: events: \"[]\" (expected: at least one)");
    }
    for (String type : types) {
      if (!Topics.hasAll(Set.of(type))) {
        throw new Refusal(
            Reason.UNKNOWN_TYPE,
            "subscription: events: %s (expected: any of %s)"
                .formatted(Quoted.of(type), String.join(", ", Topics.names())));
      }
    }
    return new HashSet<>(types);
  }

  private Set<String> texts(String name, Set<String> otherwise) {
    if (!sent.has(name)) {
      return otherwise;
    }
    return new HashSet<>(
        sent.get(
            f ->
                f.maybe(name)
                    .each(
                        MOST_OF_A_KIND,
                        each -> {
                          String text = each.text();
                          if (text == null) {
                            throw new Refusal(
                                Reason.INVALID_VALUE,
                                "subscription: %s: \"\" (expected: no empty text in it)"
                                    .formatted(name));
                          }
                          return text;
                        })));
  }

  private boolean numbersShown(boolean otherwise) {
    return given(f -> f.maybe("numbers_shown").flag(), otherwise);
  }

  private int perSecond(int otherwise) {
    return given(f -> f.maybe("per_second").count(0, FASTEST), otherwise);
  }

  private State state(State otherwise) {
    Boolean paused = sent.get(f -> f.maybe("paused").flag());
    if (paused == null) {
      return otherwise;
    }
    return paused ? State.PAUSED : State.ACTIVE;
  }

  private <T> T given(Function<Fields, T> reader, T otherwise) {
    T value = sent.get(reader);
    return value == null ? otherwise : value;
  }
}
