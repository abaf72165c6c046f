package io.busyhour.receive.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.event.Occurrence;
import io.busyhour.http.Reason;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.projection.meters.statsd.StatsdFamilies;
import io.busyhour.projection.meters.statsd.StatsdFold;
import io.busyhour.receive.Receiver;
import io.busyhour.receive.StubJournal;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever comes by UDP: it is taken, or refused with a reason; how it is flushed changes nothing.
 */
class StatsdProperties {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T08:00:00Z"), ZoneOffset.UTC);
  private static final Set<String> REASONS =
      Arrays.stream(Reason.values())
          .map(reason -> "statsd " + reason.word())
          .filter(reason -> !reason.endsWith("internal_error"))
          .collect(Collectors.toSet());
  private static final String ALPHABET = ":|#@,=[]{}+-.0159eEcgmshdT\n\r _\\\u00e9\ud83d\udcde\0";

  /** Lines of the tables, to be made worse. */
  private static final List<byte[]> GOOD = good();

  private static List<byte[]> good() {
    List<byte[]> lines = new ArrayList<>();
    for (String file : List.of("published.txt", "lines.txt")) {
      try {
        Files.readAllLines(Path.of("src/test/resources/payloads/statsd", file)).stream()
            .filter(line -> line.startsWith("  ") && !line.startsWith("  refused"))
            .forEach(line -> lines.add(line.substring(2).getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  @Property(tries = 1000)
  void anyBytes_areTakenOrRefusedWithAReason(@ForAll byte[] datagram) {
    check(datagram);
  }

  @Property(tries = 1000)
  void anyText_isTakenOrRefusedWithAReason(@ForAll("texts") String text) {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 2000)
  void mutatedLine_isTakenOrRefusedWithAReason(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = GOOD.get(random.nextInt(GOOD.size()));
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = mutated(bytes, random);
    }
    check(bytes);
  }

  private static byte[] mutated(byte[] line, Random random) {
    byte[] bytes = line.clone();
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> bytes[at] = (byte) ALPHABET.charAt(random.nextInt(30));
      case 2 -> bytes = Arrays.copyOf(bytes, at);
      case 3 -> bytes = join(bytes, at, GOOD.get(random.nextInt(GOOD.size())));
      default -> bytes = join(bytes, at, Arrays.copyOfRange(bytes, at / 2, at));
    }
    return bytes;
  }

  private static byte[] join(byte[] bytes, int at, byte[] more) {
    byte[] longer = new byte[bytes.length + more.length];
    System.arraycopy(bytes, 0, longer, 0, at);
    System.arraycopy(more, 0, longer, at, more.length);
    System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
    return longer;
  }

  /** What is stored can be read again and counted; what is not is in the ledger. */
  private static void check(byte[] bytes) {
    StubJournal journal = new StubJournal();
    Aggregator aggregator = new Aggregator(new Receiver(journal, CLOCK), "i", 1000);
    aggregator.takeAll(bytes, 0, bytes.length);
    aggregator.flush();
    assertThat(journal.refused().keySet()).isSubsetOf(REASONS);
    if (hasLines(bytes)) {
      assertThat(journal.stored().size() + journal.refused().size()).isPositive();
    }
    scrape(journal.stored());
  }

  private static boolean hasLines(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .lines()
        .anyMatch(line -> !line.replace("\r", "").isEmpty());
  }

  /** What these deliveries show, once they were written and read. */
  private static String scrape(List<Delivery> deliveries) {
    Meters meters = Meters.create(1000, CLOCK);
    StatsdFold fold = new StatsdFold(meters, new StatsdFamilies(meters, 1000));
    long position = 0;
    for (Delivery delivery : deliveries) {
      Entry entry = new Entry(++position, CLOCK.instant(), delivery);
      for (Occurrence stored : delivery.occurrences()) {
        Occurrence read =
            new Occurrence(stored.time(), stored.event().type().read(stored.data()), stored.data());
        assertThat(read.event()).isEqualTo(stored.event());
        meters.alone(() -> fold.on(entry, read));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, meters.snapshots(name -> true, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Property(tries = 300)
  void lines_flushedInAnyParts_comeToTheSame(
      @ForAll("lines") List<String> lines, @ForAll Random random) {
    assertThat(flushed(lines, random, 3)).isEqualTo(flushed(lines, random, Integer.MAX_VALUE));
  }

  private static String flushed(List<String> lines, Random random, int oneIn) {
    StubJournal journal = new StubJournal();
    Aggregator aggregator = new Aggregator(new Receiver(journal, CLOCK), "i", 1000);
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      aggregator.takeAll(bytes, 0, bytes.length);
      if (random.nextInt(oneIn) == 0) {
        aggregator.flush();
      }
    }
    aggregator.flush();
    return scrape(journal.stored());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars(ALPHABET.toCharArray()).ofMaxLength(60);
  }

  /** Few names and tags, so that they meet; no sets, which count by interval. */
  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> samples =
        Arbitraries.of(
            "1|c",
            "2.5|c|@0.1",
            "1|c|@0.3",
            "7|g",
            "+0.1|g",
            "-0.3|g",
            "0.2|g",
            "320|ms",
            "5|h",
            "12.5|d|@0.25",
            "1:2:3|ms",
            "1|c:2|c",
            "1|c:2|ms",
            "x|c",
            "1|z",
            "_e");
    return Combinators.combine(
            Arbitraries.of("a", "b.c", "d"),
            Arbitraries.of("", ",x=1", ",x=2,y=1", ",z=1"),
            samples)
        .as((name, tags, sample) -> name + tags + ":" + sample)
        // Of one family with another; only of gauges it would matter which of them was the last.
        .map(line -> line.endsWith("1|c") ? line.replace('.', '-') : line)
        .list()
        .ofMaxSize(60);
  }
}
