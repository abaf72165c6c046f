package io.busyhour.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** gzip for readers that accept it, as Prometheus does. */
public final class Compression {
  private static final int BUFFER = 1 << 16;

  private Compression() {}

  /** RFC 9110, 12.5.3: gzip or anything, unless its q is 0. */
  public static boolean wantedBy(Optional<String> acceptEncoding) {
    return acceptEncoding.stream()
        .flatMap(header -> Arrays.stream(header.toLowerCase(Locale.ROOT).split(",", -1)))
        .map(coding -> coding.replace(" ", "").split(";", -1))
        .filter(coding -> coding[0].equals("gzip") || coding[0].equals("*"))
        .anyMatch(coding -> coding.length == 1 || !coding[1].matches("q=0(\\.0*)?"));
  }

  /** The quickest level: the text is so repetitive that more effort gains little. */
  public static OutputStream of(OutputStream out) throws IOException {
    return new GZIPOutputStream(out, BUFFER) {
      {
        def.setLevel(Deflater.BEST_SPEED);
      }
    };
  }
}
