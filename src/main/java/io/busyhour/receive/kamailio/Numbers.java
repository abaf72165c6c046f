package io.busyhour.receive.kamailio;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the numbers of SIP users as E.164 where they can be nothing else; other users, and numbers
 * of which that is not certain, stay as they are.
 */
final class Numbers {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final Pattern URI =
      Pattern.compile("(?i)(?:sips?|tel):([^@;?]*).*", Pattern.DOTALL);
  private static final Pattern NANP = Pattern.compile("1[2-9][0-9]{2}[2-9][0-9]{6}");
  // What a caller in North America or elsewhere dials before a country's code.
  private static final Pattern INTERNATIONAL = Pattern.compile("(?:011|00)([1-9][0-9]{6,14})");

  private Numbers() {}

  /** A user, or the user of a URI. */
  static String address(String said) {
    if (said == null) {
      return null;
    }
    Matcher uri = URI.matcher(said);
    String user = uri.matches() ? uri.group(1) : said;
    if (NANP.matcher(user).matches()) {
      return "+" + user;
    }
    Matcher dialed = INTERNATIONAL.matcher(user);
    return dialed.matches() && isPossible("+" + dialed.group(1)) ? "+" + dialed.group(1) : user;
  }

  /** A national number may begin like that, too; then it is too short or too long for the code. */
  private static boolean isPossible(String number) {
    try {
      return NUMBERS.isPossibleNumberWithReason(NUMBERS.parse(number, null))
          == ValidationResult.IS_POSSIBLE;
    } catch (NumberParseException e) {
      return false;
    }
  }
}
