package io.busyhour.serve.scrape;

import io.helidon.microprofile.testing.junit5.HelidonTest;
import java.net.Socket;

@HelidonTest
class LargePlainScrapeTest extends LargeScrape {
  @Override
  Socket over(Socket plain) {
    return plain;
  }
}
