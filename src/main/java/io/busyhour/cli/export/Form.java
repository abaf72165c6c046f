package io.busyhour.cli.export;

/** How a file of calls is written, and read again to go on with it. A call is a line. */
interface Form {
  /** The format that the server is asked for. */
  String format();

  /** Whether the server's first line is the names of the columns. */
  boolean hasHeader();

  /** What the file begins with, before the server's header or the first call. */
  String head(int days);

  /** What stands between two calls. */
  String between();

  /** What stands after the last of so many calls. */
  String tail(long calls);

  /** The place of the call in a line that is whole: its start, a comma, its id. */
  String place(String line);
}
