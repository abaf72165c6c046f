package io.busyhour.deliver.subscription;

import java.util.Set;

/**
 * What a subscription is for.
 *
 * @param events the types, such as {@code call.ended}; at least one
 * @param accounts of these accounts only; empty for all
 * @param trunks of these trunks only; empty for all
 */
public record Filter(Set<String> events, Set<String> accounts, Set<String> trunks) {
  /** Keeps the sets from changing. */
  public Filter {
    events = Set.copyOf(events);
    accounts = Set.copyOf(accounts);
    trunks = Set.copyOf(trunks);
  }
}
