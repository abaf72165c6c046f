package io.busyhour.projection.calls.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.projection.calls.call.Numbering.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Where a number is does not depend on which were looked up before it. */
class NumberingProperties {
  /** Whole numbers, and what is left of one, so that many share their beginning. */
  @Provide
  Arbitrary<List<String>> numbers() {
    Arbitrary<String> beginning =
        Combinators.combine(
                Arbitraries.of("+1", "+44", "+49", "+7", "+800"),
                Arbitraries.integers().between(200, 999))
            .as((country, area) -> country + area);
    Arbitrary<String> rest =
        Arbitraries.of("", "0", "123", "0000000", "2345678", "5550100", "1123456", "99999999999");
    return beginning.flatMap(b -> rest.map(r -> b + r).list().ofMinSize(2).ofMaxSize(8));
  }

  /**
   * A place that was kept for another number would be found by one order and not by its reverse.
   */
  @Property(tries = 300)
  void place_inAnyOrderOfLookUps_isTheSame(@ForAll("numbers") List<String> numbers) {
    Map<String, Place> forward = places(numbers);
    Map<String, Place> backward = places(numbers.reversed());
    assertThat(backward).isEqualTo(forward);
  }

  private static Map<String, Place> places(List<String> numbers) {
    Map<String, Place> known = new HashMap<>();
    Map<String, Place> places = new HashMap<>();
    numbers.forEach(number -> places.put(number, Numbering.place(number, known)));
    return places;
  }
}
