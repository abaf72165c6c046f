package io.busyhour.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.receive.livekit.RoomPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  private static Config config(Map<String, String> properties) {
    return ConfigProviderResolver.instance()
        .getBuilder()
        .withSources(
            new ConfigSource() {
              @Override
              public Set<String> getPropertyNames() {
                return properties.keySet();
              }

              @Override
              public String getValue(String name) {
                return properties.get(name);
              }

              @Override
              public String getName() {
                return "test";
              }
            })
        .build();
  }

  private static Configuration read(Map<String, String> properties) {
    return Configuration.read(config(properties));
  }

  @Test
  void read_nothingSet_givesTheStandards() {
    Configuration configuration = read(Map.of());
    assertThat(configuration.get(Settings.HOST)).isEqualTo("127.0.0.1");
    assertThat(configuration.get(Settings.PORT)).isEqualTo(8080);
    assertThat(configuration.get(Settings.SETTLE)).isEqualTo(Duration.ofSeconds(30));
    assertThat(configuration.get(Settings.MAX_BYTES)).isEqualTo(1024 * 1024);
    assertThat(configuration.find(Settings.TWILIO_TOKENS)).isEmpty();
  }

  @Test
  void read_severalFaults_namesAllOfThem() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "busyhour.calls.settle", "soon",
                        "server.port", "70000",
                        "busyhour.calls.setle", "30s",
                        "BUSYHOUR_TWILIO_TOKEN", "x")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("busyhour.calls.settle: \"soon\" (expected: a duration such as 30s)")
        .hasMessageContaining("server.port: \"70000\" (expected: a port, 0 to 65535)")
        .hasMessageContaining(
            "busyhour.calls.setle: unknown setting (did you mean busyhour.calls.settle?)")
        .hasMessageContaining(
            "BUSYHOUR_TWILIO_TOKEN: unknown setting (did you mean BUSYHOUR_TWILIO_AUTH_TOKEN?)");
  }

  @Test
  void read_faultInASecret_doesNotShowIt() {
    assertThatThrownBy(() -> read(Map.of("busyhour.twilio.auth-token", "hush,,hush")))
        .hasMessageContaining("busyhour.twilio.auth-token: (secret) (expected: ")
        .hasMessageNotContaining("hush");
  }

  @Test
  void read_secretFromFile_isStripped(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "one, two\n");
    Configuration configuration = read(Map.of("busyhour.twilio.auth-token-file", file.toString()));
    assertThat(configuration.find(Settings.TWILIO_TOKENS)).contains(List.of("one", "two"));
  }

  @Test
  void read_livekit_keysAreSecretAndThePatternMustFindSomething() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "busyhour.livekit.keys", "devkey",
                        "busyhour.livekit.room-pattern", "campaign-(.*)")))
        .hasMessageContaining("busyhour.livekit.keys: (secret) (expected: key:secret, with commas")
        .hasMessageContaining("busyhour.livekit.room-pattern: \"campaign-(.*)\" (expected: an RE2")
        .hasMessageNotContaining("devkey");
    assertThat(read(Map.of()).find(Settings.LIVEKIT_KEYS)).isEmpty();
    assertThat(read(Map.of("busyhour.livekit.room-pattern", "none")).get(Settings.LIVEKIT_ROOMS))
        .hasToString(RoomPattern.none().toString());
  }

  @Test
  void read_otherAddressWithoutTokens_isRefused() {
    assertThatThrownBy(() -> read(Map.of("server.host", "0.0.0.0")))
        .hasMessageContaining("server.host: \"0.0.0.0\" (expected: a loopback address while");
    assertThat(read(Map.of("server.host", "0.0.0.0", "busyhour.tokens", "t")).get(Settings.HOST))
        .isEqualTo("0.0.0.0");
  }

  @Test
  void read_variableOfASetting_isKnown() {
    assertThat(read(Map.of("BUSYHOUR_CALLS_SETTLE", "5s", "BUSYHOUR_JAVA_OPTS", "-Xmx1g")))
        .isNotNull();
  }

  @Test
  void read_accountWithoutItsToken_isRefusedAlongWithOtherFaults() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "busyhour.twilio.account-sid",
                        "AC" + "0".repeat(32),
                        "busyhour.twilio.poll-interval",
                        "1s")))
        .hasMessageContaining(
            "busyhour.twilio.auth-token: (not set) (expected: the auth token of the account that"
                + " busyhour.twilio.account-sid names)")
        .hasMessageContaining(
            "busyhour.twilio.poll-interval: \"1s\" (expected: a duration from 10s on, such as 5m)");
    assertThat(read(Map.of("busyhour.twilio.auth-token", "t")).find(Settings.TWILIO_ACCOUNT))
        .isEmpty();
  }

  @Test
  void read_poller_hasItsStandards() {
    Configuration configuration = read(Map.of());
    assertThat(configuration.get(Settings.TWILIO_INTERVAL)).isEqualTo(Duration.ofMinutes(5));
    assertThat(configuration.get(Settings.TWILIO_USAGE_START)).isEmpty();
    assertThat(configuration.get(Settings.TWILIO_BASE_URL)).hasToString("https://api.twilio.com");
  }

  @ParameterizedTest
  @CsvSource({
    "account-sid, AC1",
    "account-sid, SK00000000000000000000000000000000",
    "usage-start-date, yesterday",
    "usage-start-date, 2026-02-30",
    "base-url, http://api.twilio.com",
    "base-url, ftp://127.0.0.1",
    "base-url, https://user:hush@api.twilio.com",
    "base-url, https://api.twilio.com/2010-04-01",
    "base-url, https://api.twilio.com?hush",
    "base-url, http:",
    "base-url, api.twilio.com"
  })
  void read_badValueOfThePoller_isRefused(String key, String value) {
    assertThatThrownBy(() -> read(Map.of("busyhour.twilio." + key, value)))
        .hasMessageContaining("busyhour.twilio." + key + ": ")
        .hasMessageNotContaining("user:hush");
  }

  @ParameterizedTest
  @CsvSource({
    "usage-start-date, 2026-11-01",
    "usage-start-date, today",
    "base-url, https://api.twilio.com/",
    "base-url, http://127.0.0.1:8081",
    "base-url, http://[::1]:8081"
  })
  void read_goodValueOfThePoller_isTaken(String key, String value) {
    assertThat(read(Map.of("busyhour.twilio." + key, value))).isNotNull();
  }

  @Test
  void read_webhooks_haveTheirStandards() {
    Configuration configuration = read(Map.of());
    assertThat(configuration.get(WebhookSettings.ALLOW_PRIVATE)).isFalse();
    assertThat(configuration.find(WebhookSettings.ALLOW)).isEmpty();
    assertThat(configuration.get(WebhookSettings.SCHEDULE))
        .extracting(Duration::toSeconds)
        .containsExactly(30L, 60L, 120L, 240L, 480L);
    assertThat(configuration.get(WebhookSettings.JITTER)).isEqualTo(0.1);
    assertThat(configuration.get(WebhookSettings.GIVE_UP_AFTER)).isEqualTo(Duration.ofDays(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "allow; 10.0.0.0/33",
        "allow; 10.0.0.0/8,",
        "allow; 10.0",
        "allow; 10",
        "allow; 127.1",
        "allow; *",
        "allow; fd00::/129",
        "allow; 0x7f.0.0.1",
        "allow; hooks.example.com",
        "allow-private; yes",
        "schedule; 30s,soon",
        "schedule; 30s,,1m",
        "schedule; 1ms",
        "jitter; 1.5",
        "jitter; -0.1",
        "jitter; NaN",
        "jitter; 1e-1",
        "max-attempts; 0",
        "timeout; 6m",
        "lease; 2h",
        "concurrency; 0",
        "per-partner; 0",
        "rotation-overlap; 91d",
        "keep-delivered; 1s",
        "dead-letter-expiry; 0s",
        "give-up-after; 31d"
      })
  void read_badValueOfWebhooks_isRefused(String key, String value) {
    assertThatThrownBy(() -> read(Map.of("busyhour.webhook." + key, value)))
        .hasMessageContaining("busyhour.webhook.%s: \"%s\" (expected: ".formatted(key, value));
  }

  @Test
  void read_networks_areOfBothFamilies() {
    Configuration configuration =
        read(Map.of("busyhour.webhook.allow", "10.1.0.0/16, 192.168.7.9,fd00::/8,::1"));
    assertThat(configuration.get(WebhookSettings.ALLOW))
        .containsExactly("10.1.0.0/16", "192.168.7.9", "fd00::/8", "::1");
  }

  @Test
  void read_webhooksThatContradict_areRefusedAlongWithOtherFaults() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "busyhour.webhook.lease", "10499ms",
                        "busyhour.webhook.concurrency", "4",
                        "busyhour.calls.settle", "soon")))
        .hasMessageContaining(
            "busyhour.webhook.lease: (expected: at least half a second longer than"
                + " busyhour.webhook.timeout,")
        .hasMessageContaining(
            "busyhour.webhook.per-partner: \"8\" (expected: not above"
                + " busyhour.webhook.concurrency)")
        .hasMessageContaining("busyhour.calls.settle");
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "1h,PT1H", "90d,PT2160H"})
  void duration_withUnit(String text, Duration expected) {
    assertThat(Values.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"30", "s", "-1s", "30 s", "1w", "99999999d"})
  void duration_malformed(String text) {
    assertThatThrownBy(() -> Values.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
