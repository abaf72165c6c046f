package io.busyhour.projection.change;

/**
 * What one event did to an account.
 *
 * @param before the account as it was, or null if it is new
 * @param after the account as it is
 */
public record AccountChange(AccountRecord before, AccountRecord after) implements Change {}
