package io.busyhour.receive.statsd;

import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** StatsD's lines. */
public final class LineTarget implements Target {
  @Override
  public String name() {
    return "statsd";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of(
            "dialer.calls:1|c|#tenant:acme,reason:busy",
            "dialer.pdd:320|ms|@0.5|#zone:INTRASTATE",
            "dialer.active:+12|g",
            "a:1|c:320|ms|@0.1",
            "dist:1:2:3|d|#a:b|c:83c0a99c|e:it-false|card:low|T1656581400",
            "foo,k=v,k2=v2:1|c",
            "foo#k=v:100|c",
            "foo[k=v]:1|s",
            "_e{5,4}:title|text|#a:b")
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    LineReader.read(input, 0, input.length);
  }
}
