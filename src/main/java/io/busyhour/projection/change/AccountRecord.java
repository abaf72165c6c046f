package io.busyhour.projection.change;

import io.busyhour.event.AccountEvent;
import java.math.BigDecimal;

/**
 * What is known about one account: the latest of each fact by event time; absent facts are null.
 *
 * @param balance in dollars; below 0 where more was spent than paid
 * @param creditLimit in dollars
 * @param alertThreshold the balance in dollars below which its owner wants to be told
 */
public record AccountRecord(
    String account,
    AccountEvent.Type type,
    BigDecimal balance,
    BigDecimal creditLimit,
    BigDecimal alertThreshold) {}
