package io.busyhour.projection.calls;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.geocoding.PhoneNumberOfflineGeocoder;
import io.busyhour.event.CallEvent.Zone;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where E.164 numbers are, by Google's libphonenumber. A state by area code is a proxy: numbers are
 * ported and carried along, so a sender that knows better says the zone itself.
 */
final class Numbering {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final PhoneNumberOfflineGeocoder GEOCODER =
      PhoneNumberOfflineGeocoder.getInstance();
  private static final int NANP = 1;
  // A North American number's place follows from its area code, others' from a few digits more.
  private static final int NANP_PREFIX = 5;
  private static final int OTHER_PREFIX = 9;
  private static final int MANY_PREFIXES = 20_000;
  private static final Map<String, Place> KNOWN = new ConcurrentHashMap<>();

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
    if (number == null || !number.startsWith("+")) {
      return Place.UNKNOWN;
    }
    int length = number.startsWith("+1") ? NANP_PREFIX : OTHER_PREFIX;
    String prefix = number.substring(0, Math.min(length, number.length()));
    Place known = KNOWN.get(prefix);
    if (known == null) {
      known = lookUp(number);
      if (KNOWN.size() < MANY_PREFIXES) {
        KNOWN.put(prefix, known);
      }
    }
    return known;
  }

  private static Place lookUp(String text) {
    try {
      PhoneNumber number = NUMBERS.parse(text, null);
      // Asked without the check of the subscriber's part, so that 555-01xx has its place too.
      String region = NUMBERS.getRegionCodeForNumber(number);
      boolean tollFree = NUMBERS.getNumberType(number) == PhoneNumberType.TOLL_FREE;
      if (number.getCountryCode() == NANP) {
        return nanp(text, region, tollFree);
      }
      return new Place("001".equals(region) ? null : region, null, tollFree);
    } catch (NumberParseException e) {
      return Place.UNKNOWN;
    }
  }

  private static Place nanp(String text, String region, boolean tollFree) {
    if (tollFree || text.length() < NANP_PREFIX) {
      return new Place(region, null, tollFree);
    }
    // 555 is no exchange of the tables: a number of the area code's own stands for it.
    PhoneNumber example = new PhoneNumber().setCountryCode(NANP);
    example.setNationalNumber(Long.parseLong(text.substring(2, NANP_PREFIX) + "2000000"));
    String description = GEOCODER.getDescriptionForNumber(example, Locale.ENGLISH);
    String country = region != null ? region : NUMBERS.getRegionCodeForNumber(example);
    return new Place(country, States.code(description), false);
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
