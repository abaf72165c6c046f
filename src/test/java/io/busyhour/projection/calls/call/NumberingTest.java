package io.busyhour.projection.calls.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent.Zone;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberingTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "+13035550100, US, CO",
        "+12125550100, US, NY",
        "+14155550143, US, CA",
        "+16045550100, CA, BC",
        "+13055550100, US, FL",
        "+18095550100, DO, -",
        "+1303, US, CO",
        "+130, -, -",
        "+442079460000, GB, -",
        "+447400123456, GB, -",
        "+447911123456, GG, -",
        "+4930123456, DE, -",
        "client:alice, -, -",
        "+, -, -",
        "13035550100, -, -"
      })
  void place_ofANumber(String number, String country, String state) {
    Numbering.Place place = Numbering.place(number);
    assertThat(place.country()).isEqualTo(country);
    assertThat(place.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"800", "833", "844", "855", "866", "877", "888"})
  void place_tollFreeAreaCode_whateverFollows(String areaCode) {
    for (String rest : List.of("", "0000000", "5550100", "2345678")) {
      assertThat(Numbering.place("+1" + areaCode + rest))
          .isEqualTo(new Numbering.Place("US", null, true));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "+13035550100, +17205550100, INTRASTATE",
    "+13035550100, +12125550100, INTERSTATE",
    "+13035550100, +18005550100, TOLLFREE",
    "+13035550100, +16045550100, INTL",
    "+13035550100, +442079460000, INTL",
    "anonymous, +13035550100, INTERSTATE"
  })
  void zone_betweenTwoNumbers(String from, String to, Zone zone) {
    assertThat(Numbering.zone(Numbering.place(from), Numbering.place(to))).isEqualTo(zone);
  }
}
