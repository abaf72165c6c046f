package io.busyhour.receive;

import io.busyhour.http.Faults;
import io.busyhour.http.Guard;
import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.http.Tokens;
import io.busyhour.receive.alertmanager.AlertsDoor;
import io.busyhour.receive.cloudevents.EventsDoor;
import io.busyhour.receive.kamailio.KamailioDoor;
import io.busyhour.receive.librato.LibratoDoor;
import io.busyhour.receive.livekit.LivekitDoor;
import io.busyhour.receive.livekit.LivekitSettings;
import io.busyhour.receive.livekit.RoomPattern;
import io.busyhour.receive.rtpengine.RtpengineDoor;
import io.busyhour.receive.twilio.TwilioDoor;
import io.busyhour.receive.twilio.TwilioEventsDoor;
import io.busyhour.receive.twilio.TwilioSettings;
import io.helidon.config.mp.MpConfigSources;
import io.helidon.microprofile.config.ConfigCdiExtension;
import io.helidon.microprofile.openapi.OpenApiCdiExtension;
import io.helidon.microprofile.server.JaxRsCdiExtension;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.glassfish.jersey.ext.cdi1x.internal.CdiComponentProvider;

/** A real server on a free port of loopback with the doors and little else behind them. */
public final class DoorServer implements AutoCloseable {
  /** The time at which everything is received. */
  public static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123456Z");

  /** A token that may ingest; its SHA-256 is below. */
  public static final String TOKEN = "ingest-token-of-the-tests";

  /** A token that may not. */
  public static final String READER = "read-token-of-the-tests";

  /** The auth token that Twilio's own vectors are signed with. */
  public static final String AUTH_TOKEN = "12345";

  /** The API keys of LiveKit's own vectors, and one that is being replaced. */
  public static final LivekitSettings LIVEKIT =
      new LivekitSettings(
          LivekitSettings.keys(
              "abcdefg:older, abcdefg: abababa, abcdefg:"
                  + "ab".repeat(31)
                  + ",myapikey:thiskeyistotallyunsafe"),
          RoomPattern.parse(RoomPattern.STANDARD));

  private static final Tokens TOKENS =
      Tokens.parse(
          List.of(
              "sender ingest ba1a1a347050d66adc21ae78b332d428d96c06fb6795b526bb3b67c2f9d24e02",
              "reader read,pii fb61e1fb8f69ae8c03c6aba297f099d33395c6dc8ea34a759e612595893da83d"));

  private final StubJournal journal = new StubJournal();
  private final HttpClient client = HttpClient.newHttpClient();
  private final SeContainer container;
  private final URI root;

  /** A resource with a fault, to see what becomes of it. */
  @Path("/broken")
  @Dependent
  public static class Broken {
    /** Fails. */
    @GET
    public String fail() {
      throw new IllegalStateException("an inner secret");
    }
  }

  /** A resource that says what its caller may do. */
  @Path("/roles")
  @Dependent
  public static class Roles {
    /** Lists the roles. */
    @GET
    @Needs(Role.READ)
    public String roles(@Context SecurityContext caller) {
      return Arrays.stream(Role.values())
          .filter(role -> role.isHeldBy(caller))
          .map(Role::word)
          .collect(Collectors.joining(","));
    }
  }

  /** What the container is given instead of producers. */
  public final class Parts implements Extension {
    private final ReceiveSettings settings;
    private final TwilioSettings twilio;
    private final LivekitSettings livekit;
    private final Tokens tokens;

    Parts(ReceiveSettings settings, TwilioSettings twilio, LivekitSettings livekit, Tokens tokens) {
      this.settings = settings;
      this.twilio = twilio;
      this.livekit = livekit;
      this.tokens = tokens;
    }

    /** Called by the container. */
    public void add(@Observes AfterBeanDiscovery beans) {
      Receiver receiver =
          new Receiver(
              journal,
              Clock.fixed(NOW, ZoneOffset.UTC),
              new InFlight(64 * 1024 * 1024, Duration.ofSeconds(4)));
      beans.addBean().types(Receiver.class).createWith(c -> receiver);
      beans.addBean().types(ReceiveSettings.class).createWith(c -> settings);
      beans.addBean().types(TwilioSettings.class).createWith(c -> twilio);
      beans.addBean().types(LivekitSettings.class).createWith(c -> livekit);
      beans.addBean().types(Tokens.class).createWith(c -> tokens);
    }
  }

  /** Starts a server with default settings and an auth token. */
  public static DoorServer start() {
    return start(ReceiveSettings.DEFAULTS, new TwilioSettings(List.of("another", AUTH_TOKEN)));
  }

  /** Starts a server. */
  public static DoorServer start(ReceiveSettings settings, TwilioSettings twilio) {
    return new DoorServer(settings, twilio, LIVEKIT, TOKENS);
  }

  /** Starts a server on which nobody set up tokens. */
  public static DoorServer startWithoutTokens() {
    return new DoorServer(
        ReceiveSettings.DEFAULTS,
        new TwilioSettings(List.of()),
        new LivekitSettings(Map.of(), RoomPattern.none()),
        Tokens.none());
  }

  private DoorServer(
      ReceiveSettings settings, TwilioSettings twilio, LivekitSettings livekit, Tokens tokens) {
    ConfigProviderResolver configs = ConfigProviderResolver.instance();
    configs.registerConfig(
        configs
            .getBuilder()
            .withSources(
                MpConfigSources.create(
                    Map.of(
                        "server.port", "0",
                        "server.host", "127.0.0.1",
                        "mp.initializer.allow", "true",
                        "mp.initializer.no-warn", "true")))
            .build(),
        Thread.currentThread().getContextClassLoader());
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(
                EventsDoor.class,
                AlertsDoor.class,
                KamailioDoor.class,
                RtpengineDoor.class,
                LibratoDoor.class,
                TwilioDoor.class,
                LivekitDoor.class,
                TwilioEventsDoor.class,
                Guard.class,
                Faults.class,
                Broken.class,
                Roles.class)
            .addExtensions(
                new ConfigCdiExtension(),
                new ServerCdiExtension(),
                new JaxRsCdiExtension(),
                new CdiComponentProvider(),
                new OpenApiCdiExtension(),
                new Parts(settings, twilio, livekit, tokens))
            .initialize();
    int port = container.getBeanManager().getExtension(ServerCdiExtension.class).port();
    root = URI.create("http://127.0.0.1:" + port);
  }

  /** What the doors stored and refused. */
  public StubJournal journal() {
    return journal;
  }

  /** Where the server is, without a slash at the end. */
  public String url() {
    return root.toString();
  }

  /** Begins a request to a path, to which a query may be appended. */
  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(root + path));
  }

  /** Sends a request and waits for the answer. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts tests", e);
    }
  }

  @Override
  public void close() {
    container.close();
    client.close();
  }
}
