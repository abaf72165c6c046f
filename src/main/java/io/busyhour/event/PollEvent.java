package io.busyhour.event;

import static io.busyhour.event.Limits.MONEY;
import static io.busyhour.event.Limits.USAGE;

import io.busyhour.event.field.Fields;
import java.math.BigDecimal;

/**
 * What Busyhour itself asked a provider for, and what it was answered. Only the poller makes these;
 * nobody can send them.
 */
public sealed interface PollEvent extends Event {

  /** What is asked for. */
  enum Operation {
    /** What an account has. */
    FETCH_BALANCE,
    /** What an account used, by category. */
    FETCH_USAGE
  }

  /** Why an answer is of no use. */
  enum Failure {
    /** 401: the auth token is not that of the account. */
    UNAUTHORIZED,
    /** 403: the account may not ask for this. */
    FORBIDDEN,
    /** 404: there is no such thing, such as the balance of a sub-account. */
    NOT_FOUND,
    /** 429: too much was asked at once. */
    RATE_LIMITED,
    /** 500 and above. */
    SERVER_ERROR,
    /** Any other status than 200. */
    UNEXPECTED_STATUS,
    /** No whole answer within the time that there is for one. */
    TIMEOUT,
    /** No connection, or one that was lost. */
    UNREACHABLE,
    /** An answer, or a listing, longer than any that is believed. */
    TOO_LARGE,
    /** An answer that is not what was asked for. */
    UNREADABLE,
    /** The next page of a listing is said to be on another server. */
    OTHER_HOST
  }

  /**
   * {@code twilio.balance}: what an account has.
   *
   * @param balance below 0 for an account that pays by invoice
   * @param currency ISO 4217, such as USD; null if it was not said
   */
  record TwilioBalance(String account, BigDecimal balance, String currency) implements PollEvent {
    static TwilioBalance read(Fields f) {
      return new TwilioBalance(
          f.need("account").text(),
          f.need("balance").decimal(-MONEY, MONEY),
          f.maybe("currency").text());
    }

    @Override
    public EventType type() {
      return EventType.TWILIO_BALANCE;
    }
  }

  /**
   * {@code twilio.usage}: what an account used of one category since the day from which it is
   * asked. Categories contain each other.
   *
   * @param usage in {@code usageUnit}; null if it was not said
   * @param price in {@code priceUnit}; null if it was not said
   */
  record TwilioUsage(
      String account,
      String category,
      BigDecimal usage,
      String usageUnit,
      BigDecimal price,
      String priceUnit)
      implements PollEvent {
    static TwilioUsage read(Fields f) {
      return new TwilioUsage(
          f.need("account").text(),
          f.need("category").text(),
          f.maybe("usage").decimal(-USAGE, USAGE),
          f.maybe("usage_unit").text(),
          f.maybe("price").decimal(-USAGE, USAGE),
          f.maybe("price_unit").text());
    }

    @Override
    public EventType type() {
      return EventType.TWILIO_USAGE;
    }
  }

  /**
   * {@code twilio.answered}: an operation was answered in full; of usage, the same delivery has
   * every category that is above 0.
   */
  record TwilioAnswered(String account, Operation operation) implements PollEvent {
    static TwilioAnswered read(Fields f) {
      return new TwilioAnswered(
          f.need("account").text(), f.need("operation").oneOf(Operation.class));
    }

    @Override
    public EventType type() {
      return EventType.TWILIO_ANSWERED;
    }
  }

  /** {@code twilio.refused}: one request of an operation had no answer that is of use. */
  record TwilioRefused(String account, Operation operation, Failure reason) implements PollEvent {
    static TwilioRefused read(Fields f) {
      return new TwilioRefused(
          f.need("account").text(),
          f.need("operation").oneOf(Operation.class),
          f.need("reason").oneOf(Failure.class));
    }

    @Override
    public EventType type() {
      return EventType.TWILIO_REFUSED;
    }
  }
}
