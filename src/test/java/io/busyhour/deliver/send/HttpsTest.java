package io.busyhour.deliver.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {
  private static final String PASSWORD = "only-for-this-test";
  private static final Duration LONG = Duration.ofSeconds(60);

  private static SSLContext server;
  private static SSLContext trusting;

  private final HostileReceiver receiver =
      new HostileReceiver(
          "https", server.getServerSocketFactory(), HostileReceiver.answer(200, "", "ok"));

  @BeforeAll
  static void certificate(@TempDir Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("server", keys.getCertificate("server"));
    server = SSLContexts.custom().loadKeyMaterial(keys, PASSWORD.toCharArray()).build();
    trusting = SSLContexts.custom().loadTrustMaterial(certificates, null).build();
  }

  @AfterEach
  void close() throws IOException {
    receiver.close();
  }

  private static Answer send(URI url, SSLContext tls, Duration timeout) {
    try (HttpSender sender =
        new HttpSender(
            Senders.toAnywhere(timeout), InstantSource.system(), InetAddress::getAllByName, tls)) {
      sender.send(Senders.to(url), "dlv_1", "{}");
      return sender.send(Senders.to(url), "dlv_2", "{}");
    }
  }

  @Test
  void certificate_thatIsTrusted() {
    Answer answer = send(receiver.url("/"), trusting, LONG);
    assertThat(answer).isEqualTo(new Answer(200, answer.took(), null, "ok", null, false));
    assertThat(receiver.connections()).isEqualTo(1);
  }

  @Test
  void certificate_thatNobodyTrusts() {
    Answer answer = send(receiver.url("/"), SSLContexts.createDefault(), LONG);
    assertThat(answer.failure()).isEqualTo("tls_failed");
    assertThat(receiver.requests()).isZero();
  }

  @Test
  void certificate_ofAnotherName() {
    URI url = URI.create("https://127.0.0.1:" + receiver.port() + "/");
    assertThat(send(url, trusting, LONG).failure()).isEqualTo("tls_failed");
    assertThat(receiver.requests()).isZero();
  }

  @Test
  void handshake_thatIsNotAnswered_endsInTime() throws IOException {
    // The system takes the connection; nobody reads from it.
    try (ServerSocket deaf = new ServerSocket(0)) {
      URI url = URI.create("https://localhost:" + deaf.getLocalPort() + "/");
      assertThat(send(url, trusting, Duration.ofMillis(300)).failure()).isEqualTo("timeout");
    }
  }
}
