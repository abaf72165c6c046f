package io.busyhour.deliver.subscription;

import java.time.Instant;

/**
 * What requests are signed with (Standard Webhooks 1.0.0, symmetric).
 *
 * @param text {@code whsec_} and the key in Base64
 * @param until when it ceases to sign, or null for the current one
 */
public record Secret(String text, Instant until) {
  /** Never shows the secret. */
  @Override
  public String toString() {
    return until == null ? "a secret" : "a secret until " + until;
  }
}
