package io.busyhour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All sources are as google-java-format writes them. */
class SourceFormatTest {
  private static final String MEND = "./mvnw -q test -Dtest=SourceFormatTest -Dformat.apply=true";

  private final Formatter formatter = new Formatter();

  @Test
  void source_isFormatted() throws Exception {
    boolean apply = Boolean.getBoolean("format.apply");
    List<Path> wrong = new ArrayList<>();
    for (SourceTree.Source source : SourceTree.all()) {
      String formatted = formatted(source.text());
      if (!formatted.equals(source.text())) {
        wrong.add(source.path());
        if (apply) {
          write(source.path(), formatted);
        }
      }
    }
    if (!apply) {
      assertThat(wrong).as("not formatted; mend with %s", MEND).isEmpty();
    }
  }

  @Test
  void formatted_carelessSource_isMended() throws Exception {
    assertThat(formatted("import java.util.List;\nclass  A{int b ;}"))
        .isEqualTo("class A {\n  int b;\n}\n");
  }

  private String formatted(String source) throws FormatterException {
    String imports =
        ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), Style.GOOGLE);
    return formatter.formatSource(imports);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }
}
