package io.busyhour.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.rules.PromQl.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {
  @Test
  void selectors_ofAQuantile_areItsBuckets() {
    assertThat(
            PromQl.selectors(
                "histogram_quantile(0.95, sum by (le, a) "
                    + "(rate(x_bucket{b=~\"$b\", c!=\"}\"}[$__rate_interval])))"))
        .containsExactly(new Selector("x_bucket", Set.of("b", "c"), "[$__rate_interval]", "rate"));
  }

  @Test
  void selectors_besideFunctionsAndWords_areAllThereIs() {
    assertThat(
            PromQl.selectors(
                "1e5 * max(up) / on (job) group_left (v) "
                    + "(sum without (a) (b:c:rate5m offset 1w) > 0)"
                    + " or vector(0) and time() - y unless {d=\"e\"}"))
        .extracting(Selector::name)
        .containsExactly("up", "b:c:rate5m", "y", "");
  }

  @Test
  void selectors_ofASubquery_haveTheRangeAtTheirOwnBracketsOnly() {
    assertThat(PromQl.selectors("max_over_time(sum(z{a=\"b\"})[$__range:1m])"))
        .containsExactly(new Selector("z", Set.of("a"), "", "sum"));
  }

  @Test
  void groupingLabels_areThoseOfAllClauses() {
    assertThat(PromQl.groupingLabels("sum by (a, b) (x) / on (c) group_left () y{d=\"by (e)\"}"))
        .containsExactly("a", "b", "c");
  }

  @Test
  void legendLabels_areInDoubleBraces() {
    assertThat(PromQl.legendLabels("{{a}} to {{ b }} p95")).containsExactly("a", "b");
  }
}
