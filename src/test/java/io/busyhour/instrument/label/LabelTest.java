package io.busyhour.instrument.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabelTest {
  private static Contained container;

  private Desk desk;

  record Order(String country, Optional<String> coupon, boolean urgent) {
    public boolean isRush() {
      return urgent;
    }
  }

  record Call(int code) {}

  /** As getters are. */
  public static class Trunk {
    /** A public field. */
    public final String provider = "acme";

    /** A getter. */
    public String getName() {
      return "t1";
    }

    /** Of a getter that fails. */
    public String getState() {
      throw new IllegalStateException("not connected");
    }
  }

  enum Tone {
    HIGH;

    @Override
    public String toString() {
      return "high";
    }
  }

  /** What the desk inherits. */
  abstract static class Furniture {
    @Counted(name = "inherited", absolute = true)
    void inherited(@Label("who") String who) {}
  }

  @ApplicationScoped
  static class Desk extends Furniture {
    @Counted(name = "calls", absolute = true, description = "Calls.", tags = "tier=gold")
    void call(@Label("campaign_id") String campaign, @Label("tone") Tone tone) {}

    @Counted(name = "calls_total", absolute = true, tags = "tier=silver")
    void callBack(@Label("tone") Tone tone, @Label("campaign_id") String campaign) {}

    @Counted(name = "dials")
    void relative(@Label("a") String a) {}

    @Counted(name = "9 lives-left", absolute = true)
    void oddName(@Label("a") Integer a) {}

    @Counted(name = "orders_total", absolute = true)
    void order(
        @Label(value = "country", property = "country")
            @Label(value = "coupon", property = "coupon")
            @Label(value = "rush", property = "rush")
            Order order,
        @Label(value = "trunk", property = "name")
            @Label(value = "provider", property = "provider")
            @Label(value = "state", property = "state")
            Trunk trunk) {}

    @Counted(name = "placed_total", absolute = true)
    @Label(value = "code", property = "code")
    @Label(value = "error", of = Label.Of.EXCEPTION)
    Call place(@Label("campaign_id") String campaign, RuntimeException failure) {
      if (failure != null) {
        throw failure;
      }
      return new Call(campaign.length());
    }

    @Timed(name = "work", absolute = true)
    @Counted(name = "works", absolute = true)
    void work(@Label("step") StringBuilder step, boolean fails) {
      step.append(" done");
      if (fails) {
        throw new IllegalStateException("as the test wants it");
      }
    }

    @Timed(name = "cooked_seconds", absolute = true)
    @Buckets({60, 120})
    @Label("dish")
    @Label(value = "error", of = Label.Of.EXCEPTION)
    CompletionStage<String> cook(CompletableFuture<String> dish) {
      return dish;
    }

    @Counted(name = "cooked_total", absolute = true)
    @Label(value = "code", property = "code")
    CompletableFuture<Call> served(CompletableFuture<Call> dish) {
      return dish;
    }

    @Counted(name = "thrown_total", absolute = true)
    @Label(value = "error", of = Label.Of.EXCEPTION)
    void anonymous() {
      throw new IllegalStateException("of no name") {
        private static final long serialVersionUID = 1L;
      };
    }
  }

  @BeforeAll
  static void open() {
    container = Contained.of(Desk.class);
  }

  @AfterAll
  static void close() {
    container.close();
  }

  @BeforeEach
  void desk() {
    desk = container.get(Desk.class);
  }

  @Test
  void counted_hasArgumentsAndTagsAsLabels() {
    desk.call("spring", Tone.HIGH);
    desk.call("spring", Tone.HIGH);
    desk.call(null, null);
    // Another method of the same name, which says the same labels in another order.
    desk.callBack(Tone.HIGH, "spring");

    assertThat(container.scrape("calls_total"))
        .isEqualTo(
            """
            # HELP calls_total Calls.
            # TYPE calls_total counter
            calls_total{campaign_id="",tier="gold",tone=""} 1.0
            calls_total{campaign_id="spring",tier="gold",tone="high"} 2.0
            calls_total{campaign_id="spring",tier="silver",tone="high"} 1.0
            """);
  }

  @Test
  void name_isMicroProfilesMadeLegal() {
    desk.relative("x");
    desk.oddName(7);
    assertThat(container.scrape("io_busyhour_instrument_label_LabelTest_Desk_dials_total"))
        .contains(
            "io_busyhour_instrument_label_LabelTest_Desk_dials_total{a=\"x\"} 1.0\n",
            "Invocations of io.busyhour.instrument.label.LabelTest$Desk.relative(String).");
    assertThat(container.scrape("_9_lives_left_total"))
        .contains("_9_lives_left_total{a=\"7\"} 1.0");
  }

  @Test
  void property_isOfComponentGetterOrField() {
    desk.order(new Order("NL", Optional.of("SPRING"), true), new Trunk());
    desk.order(new Order(null, Optional.empty(), false), null);
    assertThat(container.scrape("orders_total"))
        .contains(
            "orders_total{country=\"NL\",coupon=\"SPRING\",provider=\"acme\",rush=\"true\","
                + "state=\"\",trunk=\"t1\"} 1.0\n",
            "orders_total{country=\"\",coupon=\"\",provider=\"\",rush=\"false\","
                + "state=\"\",trunk=\"\"} 1.0\n");
  }

  @Test
  void outcome_isCountedWhenItIsKnown() {
    assertThat(desk.place("four", null).code()).isEqualTo(4);
    assertThatThrownBy(() -> desk.place("four", new IllegalArgumentException("no")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(container.scrape("placed_total"))
        .contains(
            "placed_total{campaign_id=\"four\",code=\"\",error=\"IllegalArgumentException\"} 1.0\n",
            "placed_total{campaign_id=\"four\",code=\"4\",error=\"\"} 1.0\n");
  }

  @Test
  void timed_alsoWhenItThrows_withTheArgumentsAsTheyCame() {
    desk.work(new StringBuilder("a"), false);
    assertThatThrownBy(() -> desk.work(new StringBuilder("a"), true))
        .isInstanceOf(IllegalStateException.class);
    assertThat(container.scrape("work_seconds"))
        .contains(
            "work_seconds_bucket{step=\"a\",le=\"0.005\"} ",
            "work_seconds_bucket{step=\"a\",le=\"60.0\"} ",
            "work_seconds_count{step=\"a\"} 2\n");
    assertThat(container.scrape("works_total")).contains("works_total{step=\"a\"} 2.0\n");
  }

  @Test
  void stage_isTimedToItsCompletion() {
    CompletableFuture<String> dish = new CompletableFuture<>();
    assertThat(desk.cook(dish)).isSameAs(dish);
    assertThat(container.scrape("cooked_seconds")).doesNotContain("soup");
    dish.complete("soup");
    assertThat(container.scrape("cooked_seconds"))
        .contains(
            "cooked_seconds_bucket{dish=\"soup\",error=\"\",le=\"60.0\"} 1\n",
            "cooked_seconds_bucket{dish=\"soup\",error=\"\",le=\"120.0\"} 1\n",
            "cooked_seconds_count{dish=\"soup\",error=\"\"} 1\n");
  }

  @Test
  void stage_thatFails_tellsWhatFailed() {
    desk.cook(CompletableFuture.failedFuture(new IOException("no gas")));
    desk.cook(
        CompletableFuture.failedFuture(new CompletionException(new ArithmeticException("salt"))));
    assertThat(container.scrape("cooked_seconds"))
        .contains(
            "cooked_seconds_count{dish=\"\",error=\"IOException\"} 1\n",
            "cooked_seconds_count{dish=\"\",error=\"ArithmeticException\"} 1\n");
  }

  @Test
  void stage_isCountedByWhatItCompletesWith() {
    assertThat(desk.served(CompletableFuture.completedFuture(new Call(200)))).isCompleted();
    assertThat(desk.served(null)).isNull();
    assertThat(container.scrape("cooked_total"))
        .contains("cooked_total{code=\"200\"} 1.0\n", "cooked_total{code=\"\"} 1.0\n");
  }

  @Test
  void exceptionWithoutAName_isItsParents() {
    assertThatThrownBy(() -> desk.anonymous()).isInstanceOf(IllegalStateException.class);
    assertThat(container.scrape("thrown_total"))
        .contains("thrown_total{error=\"IllegalStateException\"} 1.0\n");
  }

  @Test
  void inheritedMethod_isCounted() {
    desk.inherited("me");
    assertThat(container.scrape("inherited_total")).contains("inherited_total{who=\"me\"} 1.0\n");
  }
}
