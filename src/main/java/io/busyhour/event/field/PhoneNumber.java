package io.busyhour.event.field;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Phone numbers as those may see them who may not see them whole. */
public final class PhoneNumber {
  private static final int HIDDEN = 4;
  // Seven digits are the shortest subscriber number that anybody can be called by (E.164).
  private static final Pattern NUMBER = Pattern.compile("\\d{7,}");

  private PhoneNumber() {}

  /** Hides the last four digits of every number in an address: {@code +1303555****}. */
  public static String mask(String address) {
    return address == null ? null : NUMBER.matcher(address).replaceAll(PhoneNumber::hide);
  }

  private static String hide(MatchResult number) {
    String digits = number.group();
    return digits.substring(0, digits.length() - HIDDEN) + "*".repeat(HIDDEN);
  }
}
