package io.busyhour.cli.export;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file that an export is written to until it is whole: its name ends in {@code .part}, and what
 * was asked for is in the file {@code .part.asked} beside it. What was cut off goes on after the
 * last line that is whole, if the same is asked for again.
 *
 * @param asked for: the address of the export
 * @param calls how many are in it
 * @param place of the last of them, or null if it begins anew
 * @param anew whether it begins anew because what was there is of another export
 */
record PartFile(Path file, Path part, String asked, long calls, String place, boolean anew) {

  /** Looks for what an earlier export left, and takes off what is not whole. */
  static PartFile open(Path file, Form form, String asked) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    if (!Files.exists(part)) {
      return new PartFile(file, part, asked, 0, null, false);
    }
    Path of = asked(part);
    if (!Files.exists(of) || !Files.readString(of).strip().equals(asked)) {
      Files.delete(part);
      return new PartFile(file, part, asked, 0, null, true);
    }
    return goOn(file, part, form, asked);
  }

  private static Path asked(Path part) {
    return part.resolveSibling(part.getFileName() + ".asked");
  }

  private static PartFile goOn(Path file, Path part, Form form, String asked) throws IOException {
    long lines = 0;
    long position = 0;
    long lastStart = 0;
    long nextStart = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(part), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        position++;
        if (b == '\n') {
          lines++;
          lastStart = nextStart;
          nextStart = position;
        }
      }
    }
    // The first line is the header, or what the document begins with.
    if (lines < 2) {
      Files.delete(part);
      return new PartFile(file, part, asked, 0, null, false);
    }
    long end = nextStart - form.between().length();
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.truncate(end);
    }
    String last = read(part, lastStart, (int) (end - lastStart));
    return new PartFile(file, part, asked, lines - 1, form.place(last), false);
  }

  private static String read(Path part, long from, int length) throws IOException {
    try (InputStream in = Files.newInputStream(part)) {
      in.skipNBytes(from);
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
  }

  Writer writer() throws IOException {
    Writer writer =
        Files.newBufferedWriter(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Files.writeString(asked(part), asked + "\n");
    return writer;
  }

  /** It is whole. */
  void finish() throws IOException {
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(asked(part));
  }
}
