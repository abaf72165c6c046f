package io.busyhour.boot;

/** Starts Busyhour. */
public final class Main {
  private Main() {}

  /** Starts Busyhour. */
  public static void main(String[] args) {
    System.out.println("hello");
  }
}
