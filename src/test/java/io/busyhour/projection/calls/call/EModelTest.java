package io.busyhour.projection.calls.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busyhour.event.CallEvent.Quality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EModelTest {

  /** The anchors of ITU-T G.107, annex B, and G.109. */
  @ParameterizedTest
  @CsvSource({
    "93.2, 4.41",
    "90, 4.34",
    "80, 4.02",
    "70, 3.60",
    "60, 3.10",
    "50, 2.58",
    "0, 1",
    "-5, 1",
    "100, 4.5",
    "120, 4.5",
    "3, 1"
  })
  void mos_ofRating(double r, double mos) {
    assertThat(EModel.mos(r)).isCloseTo(mos, within(0.006));
  }

  private static Quality quality(
      String codec, Double mos, Double r, Double jitter, Double loss, Double rtt) {
    return new Quality("a", null, codec, mos, r, jitter, loss, rtt);
  }

  @Test
  void mos_said_stands() {
    assertThat(EModel.mos(quality("PCMU", 3.9, 50.0, 1.0, 0.0, 10.0))).isEqualTo(3.9);
  }

  @Test
  void mos_notSaid_isThatOfTheRating() {
    assertThat(EModel.mos(quality("opus", null, 80.0, null, null, null)))
        .isCloseTo(4.02, within(0.006));
  }

  /** By hand: d = 50 + 40 + 10 = 100, Id = 2.4, Ie,eff = 95 * 2 / 27.1 = 7.011, R = 83.789. */
  @Test
  void mos_ofJitterLossAndDelay_isThatOfTheModel() {
    assertThat(EModel.mos(quality("PCMA/8000", null, null, 20.0, 0.02, 100.0)))
        .isCloseTo(EModel.mos(83.7893), within(1e-4));
  }

  /** By hand: d = 200 + 0 + 10 = 210, Id = 5.04 + 0.11 * 32.7 = 8.637, Ie = 11, R = 73.563. */
  @Test
  void mos_ofAnotherCodecAndLongDelay_isThatOfTheModel() {
    assertThat(EModel.mos(quality("G.729a", null, null, 0.0, 0.0, 400.0)))
        .isCloseTo(EModel.mos(73.563), within(1e-4));
  }

  @Test
  void mos_ofWhatIsNotAllKnown_isUnknown() {
    assertThat(EModel.mos(quality("PCMU", null, null, 20.0, 0.02, null))).isNull();
    assertThat(EModel.mos(quality("PCMU", null, null, null, 0.02, 9.0))).isNull();
    assertThat(EModel.mos(quality("PCMU", null, null, 20.0, null, 9.0))).isNull();
    assertThat(EModel.mos(quality("opus", null, null, 20.0, 0.02, 9.0))).isNull();
  }

  @Test
  void mos_ofNoCodec_isThatOfG711() {
    assertThat(EModel.mos(quality(null, null, null, 20.0, 0.02, 100.0)))
        .isEqualTo(EModel.mos(quality("PCMU", null, null, 20.0, 0.02, 100.0)));
  }
}
