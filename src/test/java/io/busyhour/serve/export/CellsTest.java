package io.busyhour.serve.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.event.field.PhoneNumber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
  private static String written(Cells cells) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      cells.bytes().writeTo(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String csv(String text) {
    CsvCells cells = new CsvCells(new Bytes(1));
    cells.begin();
    cells.text("name", text);
    return written(cells);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain | plain",
        "a,b | \"a,b\"",
        "a \"b\" | \"a \"\"b\"\"\"",
        "=1+1 | '=1+1",
        "+13035550123 | '+13035550123",
        "-1 | '-1",
        "@SUM(A1) | '@SUM(A1)",
        "=\"a\",b | \"'=\"\"a\"\",b\"",
        "'quoted' | 'quoted'",
        "Zoë 日本 \uD83D\uDCDE | Zoë 日本 \uD83D\uDCDE"
      })
  void csv_text_isQuotedAndNoFormula(String text, String cell) {
    assertThat(csv(text)).isEqualTo(cell);
  }

  @Test
  void csv_controls_areQuotedAndNoFormula() {
    assertThat(csv("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(csv("\tx")).isEqualTo("'\tx");
    assertThat(csv("\rx")).isEqualTo("\"'\rx\"");
    assertThat(csv(null)).isEmpty();
    assertThat(csv("")).isEmpty();
  }

  @Property
  void json_anyText_isReadBack(@ForAll String text) throws IOException {
    JsonCells cells = new JsonCells(new Bytes(1), "", "");
    cells.begin();
    cells.text("name", text);
    cells.end();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    assertThat(new ObjectMapper().readTree(written(cells)).path("name").asText())
        .isEqualTo(new String(utf8, StandardCharsets.UTF_8));
  }

  @Property
  void time_any_isAsInstantWritesIt(
      @ForAll @LongRange(min = 0, max = 253_402_300_799_999_999L) long micros) {
    for (long time : new long[] {micros, micros / 1000 * 1000, micros / 1_000_000 * 1_000_000}) {
      CsvCells cells = new CsvCells(new Bytes(1));
      cells.begin();
      cells.time("time", time);
      assertThat(written(cells)).isEqualTo(Instant.EPOCH.plus(time, ChronoUnit.MICROS).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+13035550123",
        "+123456",
        "+1234567",
        "13035550123",
        "sip:+13035550123@x",
        "+1303555****",
        "+123456789012345678",
        "anonymous",
        "+",
        ""
      })
  void masked_any_isAsEverywhere(String number) {
    assertThat(Cells.masked(number)).isEqualTo(PhoneNumber.mask(number));
  }
}
