package io.busyhour.serve.export;

import io.busyhour.http.CutOff;
import io.busyhour.projection.calls.history.Place;
import io.busyhour.serve.Compression;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** Writes an export. A reader who goes away ends it; there is nobody left to tell. */
record Body(Export export, Stretches stretches, boolean packed) implements StreamingOutput {
  private static final Logger LOG = System.getLogger(Body.class.getName());

  @Override
  public void write(OutputStream answer) {
    try {
      if (packed) {
        OutputStream out = Compression.of(answer);
        writeAll(out);
        out.close();
      } else {
        writeAll(answer);
        answer.flush();
      }
    } catch (IOException | UncheckedIOException e) {
      // Not thrown on: it would be logged as a fault of the server.
      LOG.log(Level.DEBUG, "the reader of an export went away", e);
    } catch (RuntimeException e) {
      CutOff.here();
      throw e;
    }
  }

  private void writeAll(OutputStream out) throws IOException {
    long until = Place.of(export.until(), "").startedAt();
    switch (export.format()) {
      case CSV -> {
        text(out, String.join(",", Format.names(export.width())) + "\r\n");
        calls(out, until);
      }
      case NDJSON -> calls(out, until);
      case JSON -> {
        text(
            out,
            "{\"exported_at\":\"%s\",\"period_days\":%d,\"calls\":["
                .formatted(export.until(), export.days()));
        long count = calls(out, until);
        text(out, "\n],\"call_count\":%d}\n".formatted(count));
      }
    }
  }

  private long calls(OutputStream out, long until) throws IOException {
    return stretches.write(export, until, out);
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
