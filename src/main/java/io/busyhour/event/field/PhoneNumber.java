package io.busyhour.event.field;

import java.util.regex.Pattern;

/** Phone numbers as those may see them who may not see them whole. */
public final class PhoneNumber {
  private static final int HIDDEN = 4;
  // Seven digits are the shortest subscriber number that anybody can be called by (E.164).
  private static final Pattern NUMBER = Pattern.compile("\\d{7,}");

  // With its plus (E.164) it is a phone number for certain; digits alone may be an account.
  private static final Pattern INTERNATIONAL = Pattern.compile("\\+(\\d[ .()-]{0,2}){6,}\\d");

  private PhoneNumber() {}

  /**
   * Hides what is a phone number for certain in a text that is no address, such as the name of a
   * campaign: such texts become labels.
   */
  public static String maskInternational(String text) {
    return text.indexOf('+') < 0
        ? text
        : INTERNATIONAL.matcher(text).replaceAll(found -> hide(found.group()));
  }

  /** Hides the last four digits of every number in an address: {@code +1303555****}. */
  public static String mask(String address) {
    return address == null
        ? null
        : NUMBER.matcher(address).replaceAll(found -> hide(found.group()));
  }

  private static String hide(String number) {
    StringBuilder hidden = new StringBuilder(number);
    int left = HIDDEN;
    for (int i = hidden.length() - 1; left > 0; i--) {
      if (Character.isDigit(hidden.charAt(i))) {
        hidden.setCharAt(i, '*');
        left--;
      }
    }
    return hidden.toString();
  }
}
