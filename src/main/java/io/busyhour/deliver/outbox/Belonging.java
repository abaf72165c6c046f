package io.busyhour.deliver.outbox;

/**
 * Whose an event is, for subscriptions that are for some accounts or trunks only.
 *
 * @param account the account, or null if that is not known
 * @param trunk the trunk, or null if that is not known
 */
public record Belonging(String account, String trunk) {
  /** Nothing is known. */
  public static final Belonging UNKNOWN = new Belonging(null, null);

  Belonging or(Belonging other) {
    return new Belonging(
        account == null ? other.account : account, trunk == null ? other.trunk : trunk);
  }

  boolean isComplete() {
    return account != null && trunk != null;
  }
}
