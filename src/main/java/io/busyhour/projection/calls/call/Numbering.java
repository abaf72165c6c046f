package io.busyhour.projection.calls.call;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.geocoding.PhoneNumberOfflineGeocoder;
import io.busyhour.event.CallEvent.Zone;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where E.164 numbers are, by Google's libphonenumber. A state by area code is a proxy: numbers are
 * ported and carried along, so a sender that knows better says the zone itself.
 */
final class Numbering {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final PhoneNumberOfflineGeocoder GEOCODER =
      PhoneNumberOfflineGeocoder.getInstance();
  private static final int NANP = 1;
  private static final Pattern AREA_CODE = Pattern.compile("\\+1([0-9]{3}).*");
  // What is kept follows from the area code alone, never from the number that asked for it first.
  private static final Map<String, Place> BY_AREA_CODE = new ConcurrentHashMap<>();

  /**
   * Where a number is.
   *
   * @param country ISO 3166 code, or null where it is unknown or belongs to no country
   * @param state two-letter code of a US state or Canadian province, or null
   */
  record Place(String country, String state, boolean tollFree) {
    static final Place UNKNOWN = new Place(null, null, false);
  }

  private Numbering() {}

  static Place place(String number) {
    return place(number, BY_AREA_CODE);
  }

  static Place place(String number, Map<String, Place> byAreaCode) {
    if (number == null || !number.startsWith("+")) {
      return Place.UNKNOWN;
    }
    Matcher nanp = AREA_CODE.matcher(number);
    return nanp.matches()
        ? byAreaCode.computeIfAbsent(nanp.group(1), Numbering::ofAreaCode)
        : ofNumber(number);
  }

  private static Place ofNumber(String text) {
    try {
      PhoneNumber number = NUMBERS.parse(text, null);
      String region = NUMBERS.getRegionCodeForNumber(number);
      return new Place("001".equals(region) ? null : region, null, isTollFree(number));
    } catch (NumberParseException e) {
      return Place.UNKNOWN;
    }
  }

  /**
   * A North American number's place follows from its area code (47 CFR 52.7: a toll-free one is an
   * area code, too). A number of its own stands for all, so that 555-01xx, which is no exchange of
   * the tables, has its place as well.
   */
  private static Place ofAreaCode(String areaCode) {
    PhoneNumber example = new PhoneNumber().setCountryCode(NANP);
    example.setNationalNumber(Long.parseLong(areaCode + "2000000"));
    String country = NUMBERS.getRegionCodeForNumber(example);
    if (isTollFree(example)) {
      return new Place(country, null, true);
    }
    String description = GEOCODER.getDescriptionForNumber(example, Locale.ENGLISH);
    return new Place(country, States.code(description), false);
  }

  private static boolean isTollFree(PhoneNumber number) {
    return NUMBERS.getNumberType(number) == PhoneNumberType.TOLL_FREE;
  }

  static Zone zone(Place caller, Place called) {
    if (called.tollFree()) {
      return Zone.TOLLFREE;
    }
    if (caller.country() != null
        && called.country() != null
        && !caller.country().equals(called.country())) {
      return Zone.INTL;
    }
    boolean sameState = caller.state() != null && caller.state().equals(called.state());
    return sameState ? Zone.INTRASTATE : Zone.INTERSTATE;
  }
}
