package io.busyhour.deliver.send;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds the addresses of hosts and gives out only those that may be sent to. Whoever connects
 * connects to what this returned and looks nothing up itself, so a name cannot mean one address
 * when it is checked and another when it is connected to. That holds for literal addresses in
 * whatever spelling, too.
 *
 * <p>The system's look-up cannot be ended and holds on to the thread below a virtual one. It
 * therefore runs on threads of its own, one look-up for a host at a time, however many wait for it:
 * a name server that hangs costs one thread for each of its names, and whoever waits only until
 * time is up. For any thread.
 */
final class Names implements DnsResolver, AutoCloseable {
  private static final int LOOKUPS_AT_A_TIME = 64;

  private final Lookup lookup;
  private final AddressPolicy policy;
  private final Duration patience;
  private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;

  /** All addresses of a host; {@link InetAddress#getAllByName} outside of tests. */
  interface Lookup {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  /** There are addresses, but none that may be sent to. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1;
  }

  /** Time was up before there were addresses. */
  static final class Late extends UnknownHostException {
    private static final long serialVersionUID = 1;
  }

  Names(Lookup lookup, AddressPolicy policy, Duration patience) {
    this.lookup = lookup;
    this.policy = policy;
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            LOOKUPS_AT_A_TIME,
            LOOKUPS_AT_A_TIME,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("webhook-names-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The addresses of a host that may be sent to, at least one. What may not be is left out, so that
   * a host with a public and a private address is reached at the public one.
   *
   * @throws Refused if none may be sent to
   * @throws Late if there was no answer in time
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = all(host);
    InetAddress[] allowed = Arrays.stream(all).filter(policy::allows).toArray(InetAddress[]::new);
    if (allowed.length == 0) {
      throw all.length == 0 ? new UnknownHostException() : new Refused();
    }
    return allowed;
  }

  private InetAddress[] all(String host) throws UnknownHostException {
    CompletableFuture<InetAddress[]> found = underWay.computeIfAbsent(host, this::begin);
    try {
      return found.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Late();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Late();
    } catch (ExecutionException e) {
      // The cause's text has the name.
      throw new UnknownHostException();
    }
  }

  private CompletableFuture<InetAddress[]> begin(String host) {
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            InetAddress[] all = lookup.all(host);
            underWay.remove(host, found);
            found.complete(all);
          } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host, found);
            found.completeExceptionally(e);
          }
        });
    return found;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host; // only Kerberos wants another
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
