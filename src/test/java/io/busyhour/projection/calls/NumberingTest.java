package io.busyhour.projection.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent.Zone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberingTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "+13035550100, US, CO",
        "+12125550100, US, NY",
        "+14155550143, US, CA",
        "+16045550100, CA, BC",
        "+442079460000, GB, -",
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
