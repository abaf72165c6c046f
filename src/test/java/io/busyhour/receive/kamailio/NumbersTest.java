package io.busyhour.receive.kamailio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "+15035550101, +15035550101",
    "15035550101, +15035550101",
    "011442079460123, +442079460123",
    "00442079460123, +442079460123",
    "sip:13035550123@198.51.100.7, +13035550123",
    "SIPS:alice@example.org;transport=tls, alice",
    "tel:+13035550123;phone-context=x, +13035550123",
    // Ten digits, and other countries' numbers without a plus, may be anybody's.
    "5035550101, 5035550101",
    "442079460123, 442079460123",
    // Not in the North American form.
    "11035550101, 11035550101",
    "15031550101, 15031550101",
    // National numbers that begin like an international prefix: Leeds, Delhi, Buenos Aires.
    "01134960000, 01134960000",
    "01145678901, 01145678901",
    "0111540001234, 0111540001234",
    "0112, 0112",
    "alice, alice",
    "sip:example.org, example.org"
  })
  void address_isWrittenAsE164WhereThatIsCertain(String said, String address) {
    assertThat(Numbers.address(said)).isEqualTo(address);
  }
}
