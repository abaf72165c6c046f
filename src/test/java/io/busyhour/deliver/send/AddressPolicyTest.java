package io.busyhour.deliver.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  private static final AddressPolicy PUBLIC = new AddressPolicy(Senders.toPublicAnd());

  private static final List<String> V4 =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  private static final List<String> V6 =
      List.of(
          "::/128",
          "::1/128",
          "::/96",
          "64:ff9b::/96",
          "64:ff9b:1::/48",
          "100::/64",
          "2001::/32",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20",
          "5f00::/16",
          "fc00::/7",
          "fe80::/10",
          "fec0::/10",
          "ff00::/8");

  /** Any address of a block, its first and its last more often. */
  private static Arbitrary<byte[]> of(String block) {
    try {
      int slash = block.indexOf('/');
      byte[] first = literal(block.substring(0, slash)).getAddress();
      int free = first.length * 8 - Integer.parseInt(block.substring(slash + 1));
      BigInteger most = BigInteger.TWO.pow(free).subtract(BigInteger.ONE);
      return Arbitraries.bigIntegers()
          .between(BigInteger.ZERO, most)
          .map(host -> bytes(new BigInteger(1, first).or(host), first.length));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress literal(String address) throws UnknownHostException {
    return InetAddress.getAllByName(address)[0];
  }

  private static byte[] bytes(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    byte[] all = number.toByteArray();
    for (int i = 0; i < Math.min(length, all.length); i++) {
      bytes[length - 1 - i] = all[all.length - 1 - i];
    }
    return bytes;
  }

  @Provide
  Arbitrary<byte[]> special4() {
    return Arbitraries.of(V4).flatMap(AddressPolicyTest::of);
  }

  @Provide
  Arbitrary<byte[]> special6() {
    return Arbitraries.of(V6).flatMap(AddressPolicyTest::of);
  }

  /** As people hide addresses: in one number or several, of any base; and wrapped in IPv6. */
  private static String spelled(byte[] b, int form) {
    long all = new BigInteger(1, b).longValueExact();
    int[] p = {b[0] & 255, b[1] & 255, b[2] & 255, b[3] & 255};
    String dotted = "%d.%d.%d.%d".formatted(p[0], p[1], p[2], p[3]);
    return switch (form) {
      case 0 -> dotted;
      case 1 -> Long.toString(all);
      case 2 -> "0x" + Long.toHexString(all);
      case 3 -> "0" + Long.toOctalString(all);
      case 4 -> "0x%x.0x%x.0x%x.0x%x".formatted(p[0], p[1], p[2], p[3]);
      case 5 -> "0%o.0%o.0%o.0%o".formatted(p[0], p[1], p[2], p[3]);
      case 6 -> "%d.%d".formatted(p[0], all & 0xffffff);
      case 7 -> "%d.%d.%d".formatted(p[0], p[1], all & 0xffff);
      case 8 -> "::ffff:" + dotted;
      default -> "[::ffff:%x:%x]".formatted(all >> 16, all & 0xffff);
    };
  }

  @Property
  void special4_isRefused(@ForAll("special4") byte[] address) throws IOException {
    assertThat(PUBLIC.allows(InetAddress.getByAddress(address))).isFalse();
  }

  @Property
  void special6_isRefused(@ForAll("special6") byte[] address) throws IOException {
    assertThat(PUBLIC.allows(InetAddress.getByAddress(address))).isFalse();
  }

  /** What a spelling means is the system's to say: whatever it is, this address is not given. */
  @Property(tries = 500)
  void special4_isRefusedInAnySpelling(
      @ForAll("special4") byte[] address, @ForAll @IntRange(max = 9) int form) {
    String host = spelled(address, form);
    InetAddress[] given = {};
    try (Names names = new Names(InetAddress::getAllByName, PUBLIC, Duration.ofSeconds(30))) {
      given = names.resolve(host);
    } catch (UnknownHostException e) {
      // Refused, or no address to the system; a plain one always is one.
      assertThat(e instanceof Names.Refused || form > 0).as(host).isTrue();
    }
    assertThat(given).noneMatch(it -> Arrays.equals(it.getAddress(), address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2003::1",
        "2a00::",
      })
  void publicOne_isAllowed(String address) throws IOException {
    assertThat(PUBLIC.allows(literal(address))).isTrue();
  }

  @Test
  void allowedNetwork_isAllowed_andNothingBesideIt() throws IOException {
    AddressPolicy policy =
        new AddressPolicy(Senders.toPublicAnd("10.1.2.3/16", " fd00:1::/32", "192.168.0.7"));
    for (String in : List.of("10.1.0.0", "10.1.255.255", "fd00:1:2::3", "192.168.0.7", "1.1.1.1")) {
      assertThat(policy.allows(literal(in))).as(in).isTrue();
    }
    for (String out : List.of("10.0.255.255", "10.2.0.0", "fd00:2::", "192.168.0.8", "::1")) {
      assertThat(policy.allows(literal(out))).as(out).isFalse();
    }
  }

  @Test
  void allowPrivate_allowsAll() throws IOException {
    AddressPolicy policy = new AddressPolicy(Senders.toAnywhere(Duration.ofSeconds(1)));
    assertThat(policy.allows(literal("127.0.0.1"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "10", "10.1", "10.*.0.0", "10.0-9.0.0", "10.0.0.0/33", "a.b"})
  void network_thatIsNone_isNamed(String network) {
    assertThatThrownBy(() -> new AddressPolicy(Senders.toPublicAnd(network)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + network + "\" (expected: a network such as 10.1.0.0/16 or fd00:1::/32)");
  }
}
