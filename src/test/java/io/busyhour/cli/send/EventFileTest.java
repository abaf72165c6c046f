package io.busyhour.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir private Path folder;

  @Test
  void next_lines_asTheyStand() throws IOException {
    assertThat(read("{\"a\":1}\r\n\n  \n{bad\n{\"b\":2}"))
        .containsExactly("1:{\"a\":1}\r", "4:{bad", "5:{\"b\":2}");
  }

  @Test
  void next_array_eachOnItsOwnWithItsDigits() throws IOException {
    assertThat(read("\n [ {\"cost\": 0.100000000000000000001,\n \"b\": [1]},\n {\"c\":\"x\"} ]"))
        .containsExactly("2:{\"cost\":0.100000000000000000001,\"b\":[1]}", "4:{\"c\":\"x\"}");
  }

  @Test
  void next_emptyFile_none() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("[]")).isEmpty();
    assertThat(read("\n\n")).isEmpty();
  }

  @Test
  void next_arrayThatBreaksOff_fails() {
    assertThatThrownBy(() -> read("[{\"a\":1},{\"b\":")).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> read("[{\"a\":1}")).isInstanceOf(JacksonException.class);
  }

  @Test
  void read_atTheEnd_isAll() throws IOException {
    try (EventFile file = EventFile.open(file("{}\n{}\n"))) {
      while (file.next() != null) {
        assertThat(file.read()).isBetween(0.0, 1.0);
      }
      assertThat(file.read()).isEqualTo(1);
    }
  }

  private List<String> read(String text) throws IOException {
    List<String> all = new ArrayList<>();
    try (EventFile file = EventFile.open(file(text))) {
      EventFile.Line line = file.next();
      while (line != null) {
        all.add(line.line() + ":" + new String(line.json(), StandardCharsets.UTF_8));
        line = file.next();
      }
    }
    return all;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("events"), text);
  }
}
