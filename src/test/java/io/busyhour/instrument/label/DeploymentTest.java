package io.busyhour.instrument.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.busyhour.instrument.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Vetoed;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.Test;

/** What cannot work is said when an application is deployed: all of it, each in one sentence. */
class DeploymentTest {
  private static final String HERE = DeploymentTest.class.getName() + "$";

  record Order(String code) {}

  @Dependent
  static class Alone {
    @Label("a")
    String alone() {
      return "";
    }
  }

  @Dependent
  static class Hidden {
    @Counted(name = "hidden", absolute = true)
    private String hidden(@Label("a") String a) {
      return a;
    }

    @Counted(name = "fixed", absolute = true)
    static void fixed(@Label("a") String a) {}

    @Counted(name = "last", absolute = true)
    final void last(@Label("a") String a) {}

    String call() {
      return hidden("");
    }
  }

  @Dependent
  static final class Closed {
    @Counted(name = "closed", absolute = true)
    void closed(@Label("a") String a) {}
  }

  @Dependent
  static class Nameless {
    @Counted
    void nameless(@Label("a") String a) {}

    @Timed(name = "scoped", absolute = true, scope = "vendor")
    void scoped(@Label("a") String a) {}
  }

  @Dependent
  static class Outcomes {
    @Counted(name = "nothing", absolute = true)
    @Label("result")
    void nothing() {}

    @Counted(name = "later_nothing", absolute = true)
    @Label("result")
    CompletionStage<Void> later() {
      return null;
    }

    @Counted(name = "misspelt", absolute = true)
    void misspelt(@Label(value = "code", property = "kode") Order order) {}

    @Counted(name = "misspelt_result", absolute = true)
    @Label(value = "code", property = "kode")
    CompletionStage<? extends Order> misspeltLater() {
      return null;
    }

    @Counted(name = "misplaced", absolute = true)
    void misplaced(@Label(value = "error", of = Label.Of.EXCEPTION) String error) {}

    @Counted(name = "deep", absolute = true)
    @Label(value = "error", of = Label.Of.EXCEPTION, property = "message")
    void deep() {}
  }

  @Dependent
  static class Twice {
    @Counted(name = "once", absolute = true)
    void one(@Label("a") String a) {}

    @Counted(name = "once_total", absolute = true)
    void other(@Label("b") String b) {}

    @Counted(name = "kind_seconds_total", absolute = true)
    void count(@Label("a") String a) {}

    @Timed(name = "both_seconds", absolute = true)
    @Buckets(1)
    void time(@Label("a") String a) {}

    @Timed(name = "both", absolute = true)
    @Buckets(2)
    void timeOtherwise(@Label("a") String a) {}

    @Counted(name = "plain", absolute = true)
    void plain() {}

    @Counted(name = "plain_total", absolute = true)
    void notPlain(@Label("a") String a) {}
  }

  @Dependent
  static class Names {
    @Counted(name = "reserved", absolute = true)
    void reserved(@Label("job") String a) {}

    @Counted(name = "illegal", absolute = true)
    void illegal(@Label("campaign-id") String a) {}

    @Counted(name = "again", absolute = true)
    void again(@Label("a") String a, @Label("a") String b) {}

    @Counted(name = "tagged", absolute = true, tags = "a=b")
    void tagged(@Label("a") String a) {}

    @Counted(name = "mistagged", absolute = true, tags = "gold")
    void mistagged(@Label("a") String a) {}

    @Counted(name = "calls_bucket", absolute = true)
    void sample(@Label("a") String a) {}
  }

  @Counted
  @Dependent
  static class OfClass {
    @Counted(name = "of_method", absolute = true)
    void counted(@Label("a") String a) {}
  }

  @Dependent
  static class Bounded {
    @Counted(name = "bounded", absolute = true)
    @Buckets(1)
    void bounded(@Label("a") String a) {}

    @Timed(name = "falling", absolute = true)
    @Buckets({2, 1})
    void falling(@Label("a") String a) {}
  }

  @ApplicationScoped
  static class Sound {
    @Counted(name = "sound", absolute = true)
    void sound(@Label("a") String a) {}
  }

  /** Wrong, but nobody's bean. */
  @Vetoed
  static class Nobodys {
    @Label("a")
    void alone() {}
  }

  private static List<String> faults(Class<?>... beans) {
    Throwable thrown = catchThrowable(() -> Contained.of(beans).close());
    assertThat(thrown).as("the deployment fails").isNotNull();
    List<String> lines = Arrays.asList(thrown.getMessage().split("\n", -1));
    assertThat(thrown.getMessage()).contains("metrics with labels cannot be counted");
    return lines.subList(1, lines.size()).stream()
        .map(line -> line.strip().replace(HERE, ""))
        .toList();
  }

  @Test
  void label_withoutAMetric() {
    assertThat(faults(Alone.class))
        .containsExactly(
            "Alone.alone(): @Label without @Counted or @Timed (expected: one of them or both on"
                + " the method itself); add @Counted(name = \"...\", absolute = true), or remove"
                + " the label");
  }

  @Test
  void method_thatCannotBeIntercepted() {
    String rest =
        " (expected: one that the container can intercept: neither private, static nor final, of a"
            + " class that is not final); change it, or annotate another method";
    assertThat(faults(Hidden.class, Closed.class))
        .containsExactly(
            "Closed.closed(String): a method with labels that is of a final class" + rest,
            "Hidden.fixed(String): a method with labels that is static" + rest,
            "Hidden.hidden(String): a method with labels that is private" + rest,
            "Hidden.last(String): a method with labels that is final" + rest);
  }

  @Test
  void metric_withoutAName_orOfAnotherScope() {
    assertThat(faults(Nameless.class))
        .containsExactly(
            "Nameless.nameless(String): @Counted with labels and without a name (expected: a name,"
                + " as the labels belong to it); add name = \"...\"",
            "Nameless.scoped(String): @Timed scope: \"vendor\" (expected: application, the scope of"
                + " all metrics with labels); remove it");
  }

  @Test
  void label_withoutAValue() {
    assertThat(faults(Outcomes.class))
        .containsExactly(
            "Outcomes.deep(): @Label(\"error\") of a property of an exception (expected: no"
                + " property, as its class is the value); remove property",
            "Outcomes.later(): @Label(\"result\") of the result of a method without one (expected:"
                + " a method that returns something, or of = EXCEPTION); label a parameter, or"
                + " return a value",
            "Outcomes.misplaced(String): @Label(\"error\") of EXCEPTION on a parameter (expected:"
                + " on the method); move it",
            "Outcomes.misspelt(Order): @Label(\"code\") of the property \"kode\" (expected: a"
                + " public method kode(), getKode() or isKode(), or a public field kode, of Order);"
                + " correct the name, or add one of them",
            "Outcomes.misspeltLater(): @Label(\"code\") of the property \"kode\" (expected: a"
                + " public method kode(), getKode() or isKode(), or a public field kode, of Order);"
                + " correct the name, or add one of them",
            "Outcomes.nothing(): @Label(\"result\") of the result of a method without one"
                + " (expected: a method that returns something, or of = EXCEPTION); label a"
                + " parameter, or return a value");
  }

  @Test
  void name_ofTwoMetrics() {
    assertThat(faults(Twice.class))
        .containsExactly(
            "Twice.notPlain(String): plain_total has labels here and none at Twice.plain()"
                + " (expected: one form of a name); rename one of them",
            "Twice.other(String): once_total is a counter with the labels [b] here and a counter"
                + " with [a] at Twice.one(String) (expected: one kind and one set of labels for a"
                + " name); rename one of them, or label both alike",
            "Twice.timeOtherwise(String): both_seconds is registered as Histograms[a][1.0,"
                + " Infinity] already (expected: the same again, not Histograms[a][2.0, Infinity]);"
                + " choose another");
  }

  @Test
  void name_thatIsIllegal() {
    String rule =
        " (expected: [a-zA-Z_][a-zA-Z0-9_]*, each once, not starting with __, none of [instance,"
            + " job, le, quantile]); choose another";
    assertThat(faults(Names.class))
        .containsExactly(
            "Names.again(String, String): label of again_total: \"a\"" + rule,
            "Names.illegal(String): label of illegal_total: \"campaign-id\"" + rule,
            "Names.mistagged(String): tag: \"gold\" (expected: name=value); correct it",
            "Names.reserved(String): label of reserved_total: \"job\"" + rule,
            "Names.sample(String): metric name: \"calls_bucket\" (expected: a name that does not"
                + " end in _bucket); choose another",
            "Names.tagged(String): label of tagged_total: \"a\"" + rule);
  }

  @Test
  void annotation_ofTheClass_wouldCountAgain() {
    assertThat(faults(OfClass.class))
        .containsExactly(
            "OfClass.counted(String): @Counted on the class and, with labels, on this method"
                + " (expected: one of them); annotate the other methods instead of the class");
  }

  @Test
  void buckets_withoutATimer_orOutOfOrder() {
    assertThat(faults(Bounded.class))
        .containsExactly(
            "Bounded.bounded(String): @Buckets without @Timed (expected: both, or neither); remove"
                + " @Buckets",
            "Bounded.falling(String): bounds of falling_seconds: [2.0, 1.0] (expected: finite and"
                + " rising); choose another");
  }

  @Test
  void fault_ofEveryBean_isToldAtOnce() {
    assertThat(faults(Alone.class, Sound.class, OfClass.class, Nameless.class)).hasSize(4);
  }

  @Test
  void family_thatSomebodyElseRegistered_isAFault() {
    Meters meters = Meters.create(10, Clock.systemUTC());
    meters.gauge("unrelated", "Unrelated.", "a");
    meters.counter("sound_total", "Sounds.", "b");
    assertThatThrownBy(() -> Contained.of(meters, Sound.class).close())
        .hasMessageContaining("Sound.sound(String): sound_total is registered as Counters[b]");
  }

  @Test
  void meters_thatNobodyProduces_areAFault() {
    Weld weld =
        new Weld("without-meters")
            .disableDiscovery()
            .beanClasses(Sound.class)
            .addExtension(new LabelExtension());
    assertThatThrownBy(() -> weld.initialize().close())
        .hasMessageContaining("no bean of the type io.busyhour.instrument.Meters (expected: one)");
  }

  @Test
  void type_thatIsNoBean_isNoConcern() {
    try (Contained container = Contained.of(Nobodys.class, Sound.class)) {
      container.get(Sound.class).sound("x");
      assertThat(container.scrape("sound_total")).contains("sound_total{a=\"x\"} 1.0\n");
    }
  }
}
