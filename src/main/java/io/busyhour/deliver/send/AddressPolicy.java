package io.busyhour.deliver.send;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be sent to: public ones, and those of the networks that are allowed. A
 * partner who names the URL could otherwise have this server ask what only this server reaches
 * (SSRF). For any thread.
 */
public final class AddressPolicy {
  private static final IPAddressStringParameters STRICT =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowWildcardedSeparator(false)
          .allowMask(false)
          .getIPv4AddressParametersBuilder()
          .allow_inet_aton(false)
          .setRangeOptions(RangeParameters.NO_RANGE)
          .getParentBuilder()
          .getIPv6AddressParametersBuilder()
          .allowZone(false)
          .allowBase85(false)
          .setRangeOptions(RangeParameters.NO_RANGE)
          .getParentBuilder()
          .toParams();

  /**
   * Networks without public hosts (IANA's registries of special-purpose addresses). Of IPv6, only
   * 2000::/3 has public hosts at all; so loopback, fc00::/7, fe80::/10, ff00::/8, 100::/64 and what
   * wraps an IPv4 address, such as ::ffff:0:0/96 and 64:ff9b::/96, are in its complement.
   */
  private static final List<IPAddress> REFUSED =
      Stream.of(
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
              "240.0.0.0/4",
              "::/3",
              "4000::/2",
              "8000::/1",
              // Of 2000::/3: Teredo and other protocols, documentation, 6to4 (it wraps IPv4).
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(AddressPolicy::network)
          .toList();

  private final boolean allowPrivate;
  private final List<IPAddress> allowed;

  /**
   * Decides by the settings.
   *
   * @throws IllegalArgumentException if what is allowed is no network; the message names it
   */
  public AddressPolicy(SendSettings settings) {
    allowPrivate = settings.allowPrivate();
    allowed = settings.allowed().stream().map(AddressPolicy::network).toList();
  }

  /** Whether it may be sent to. */
  public boolean allows(InetAddress address) {
    if (allowPrivate) {
      return true;
    }
    IPAddress bare = new IPAddressGenerator().from(address.getAddress());
    return isIn(allowed, bare) || !isIn(REFUSED, bare);
  }

  private static boolean isIn(List<IPAddress> networks, IPAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static IPAddress network(String text) {
    try {
      return new IPAddressString(text.strip(), STRICT).toAddress().toPrefixBlock();
    } catch (AddressStringException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" (expected: a network such as 10.1.0.0/16 or fd00:1::/32)", e);
    }
  }
}
