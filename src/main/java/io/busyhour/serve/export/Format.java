package io.busyhour.serve.export;

import io.busyhour.projection.calls.history.CallLine;
import io.busyhour.projection.calls.history.CallLine.Width;
import java.util.ArrayList;
import java.util.List;

/** How an export is written. */
enum Format {
  /** One document with a line for each call. */
  JSON("application/json", "json") {
    @Override
    Cells cells() {
      return new JsonCells(new Bytes(CAPACITY), "\n", ",");
    }
  },
  /** A header and a line for each call. */
  CSV("text/csv; charset=utf-8; header=present", "csv") {
    @Override
    Cells cells() {
      return new CsvCells(new Bytes(CAPACITY));
    }
  },
  /** A JSON object a line. */
  NDJSON("application/x-ndjson", "ndjson") {
    @Override
    Cells cells() {
      return new JsonCells(new Bytes(CAPACITY), "", "\n");
    }
  };

  private static final int CAPACITY = 1 << 17;

  private final String mediaType;
  private final String suffix;

  Format(String mediaType, String suffix) {
    this.mediaType = mediaType;
    this.suffix = suffix;
  }

  abstract Cells cells();

  String mediaType() {
    return mediaType;
  }

  String fileName() {
    return "calls-export." + suffix;
  }

  /** The names of all fields in their order. */
  static List<String> names(Width width) {
    List<String> names = new ArrayList<>();
    CallFields.write(CallLine.nothing(width), true, new Names(names));
    return names;
  }

  private record Names(List<String> names) implements Cells {
    @Override
    public void begin() {
      // A name follows.
    }

    @Override
    public void text(String name, String value) {
      names.add(name);
    }

    @Override
    public void word(String name, String constant) {
      names.add(name);
    }

    @Override
    public void figure(String name, Number value) {
      names.add(name);
    }

    @Override
    public void time(String name, long micros) {
      names.add(name);
    }

    @Override
    public void rest() {
      // More names follow.
    }

    @Override
    public void end() {
      // That was the last name.
    }

    @Override
    public Bytes bytes() {
      throw new UnsupportedOperationException("only names are gathered");
    }
  }
}
