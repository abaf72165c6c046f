package io.busyhour.instrument.label;

import io.busyhour.instrument.label.Value.Reading;
import io.busyhour.instrument.label.Written.Mark;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What an annotation with labels declares.
 *
 * @param place the method, for errors
 * @param bounds of a timer's buckets; null for a counter
 * @param labels names in the order of the values
 */
record Metric(
    String place,
    String name,
    String help,
    List<Double> bounds,
    List<String> labels,
    List<Value> values) {

  static Metric counter(Written written) {
    var counted = written.counted();
    MetricName name = MetricName.ofCounter(written.method(), counted.name(), counted.absolute());
    return of(written, name, counted.description(), counted.tags(), null);
  }

  static Metric timer(Written written, TimerBuckets buckets) {
    var timed = written.timed();
    MetricName name = MetricName.ofTimer(written.method(), timed.name(), timed.absolute());
    Buckets own = written.method().getAnnotation(Buckets.class);
    List<Double> bounds =
        own == null ? buckets.of(name) : DoubleStream.of(own.value()).boxed().toList();
    return of(written, name, timed.description(), timed.tags(), bounds);
  }

  private static Metric of(
      Written written, MetricName name, String description, String[] tags, List<Double> bounds) {
    List<String> labels = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (Mark mark : written.labels()) {
      labels.add(mark.label().value());
      values.add(value(written, mark));
    }
    for (String tag : tags) {
      String[] sides = tag.split("=", 2);
      if (sides.length < 2) {
        throw new IllegalArgumentException(
            "tag: \"" + tag + "\" (expected: name=value); correct it");
      }
      labels.add(sides[0].strip());
      values.add(new Value.Constant(sides[1].strip()));
    }
    String help = description.isBlank() ? "Invocations of " + written.place() + "." : description;
    return new Metric(
        written.place(), name.exposed(), help, bounds, List.copyOf(labels), List.copyOf(values));
  }

  private static Value value(Written written, Mark mark) {
    Label label = mark.label();
    boolean ofMethod = mark.parameter() == Written.METHOD;
    if (ofMethod && label.of() == Label.Of.EXCEPTION) {
      return new Value.Thrown();
    }
    MethodHandle property =
        label.property().isEmpty()
            ? null
            : Property.find(Rules.type(written, mark), label.property()).orElseThrow();
    Reading reading = new Reading(label.value() + " of " + written.place(), property);
    return ofMethod ? new Value.Result(reading) : new Value.Argument(mark.parameter(), reading);
  }

  boolean isCounter() {
    return bounds == null;
  }

  String kind() {
    return isCounter() ? "a counter" : "a timer";
  }

  /** The values in another order of the same labels. */
  Value[] values(List<String> order) {
    return order.stream().map(label -> values.get(labels.indexOf(label))).toArray(Value[]::new);
  }

  String[] labelNames() {
    return labels.toArray(String[]::new);
  }

  double[] upperBounds() {
    return bounds.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
