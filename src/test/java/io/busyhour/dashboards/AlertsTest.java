package io.busyhour.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.dashboards.Dashboard.Threshold;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertsTest {
  @Test
  void threshold_isTheFirstThatIsNotInParentheses() {
    assertThat(Alerts.threshold("sum(x{y=\"> 7\"}) / (z > 0) < 0.10\nand q >= 20", "red"))
        .isEqualTo(Optional.of(new Threshold(false, 0.1, "red")));
    assertThat(Alerts.threshold("(a > 5) or (b > 6)", "blue"))
        .isEqualTo(Optional.of(new Threshold(true, 5, "blue")));
  }

  @Test
  void threshold_ofWhatIsComparedWithAnother_isUnknown() {
    assertThat(
            List.of(
                Alerts.threshold("x > 3 * y", "red"),
                Alerts.threshold("x > 10 * (y)", "red"),
                Alerts.threshold("absent(up)", "red")))
        .containsOnly(Optional.empty());
  }
}
