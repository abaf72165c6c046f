package io.busyhour.event;

import static io.busyhour.event.Limits.DAY_MS;
import static io.busyhour.event.Limits.MANY;

import io.busyhour.event.field.Fields;

/** What a carrier platform reports of its trunks, interfaces, look-ups and machines. */
public sealed interface PlatformEvent extends Event {

  /** {@code trunk.updated}: how many calls a trunk may carry. */
  record TrunkUpdated(String trunk, String provider, Integer channelLimit)
      implements PlatformEvent {
    static TrunkUpdated read(Fields f) {
      return new TrunkUpdated(
          f.need("trunk").text(),
          f.maybe("provider").text(),
          f.maybe("channel_limit").count(0, MANY));
    }

    @Override
    public EventType type() {
      return EventType.TRUNK_UPDATED;
    }
  }

  /** {@code api.request}: one request to the platform's API; endpoint is a route template. */
  record ApiRequest(
      String endpoint, String method, Integer status, String account, Double latencyMs)
      implements PlatformEvent {
    static ApiRequest read(Fields f) {
      return new ApiRequest(
          f.need("endpoint").text(),
          f.need("method").text(),
          f.need("status").count(100, 999),
          f.maybe("account").text(),
          f.maybe("latency_ms").real(0, DAY_MS));
    }

    @Override
    public EventType type() {
      return EventType.API_REQUEST;
    }
  }

  /** What a request ran against. */
  enum LimitType {
    /** Requests to the API. */
    API,
    /** New calls in a second. */
    CALLS_PER_SECOND,
    /** Calls at the same time. */
    CONCURRENT_CALLS
  }

  /** {@code api.rate_limited}: a request was refused because there were too many. */
  record ApiRateLimited(LimitType limitType, String account) implements PlatformEvent {
    static ApiRateLimited read(Fields f) {
      return new ApiRateLimited(
          f.need("limit_type").oneOf(LimitType.class), f.maybe("account").text());
    }

    @Override
    public EventType type() {
      return EventType.API_RATE_LIMITED;
    }
  }

  /** Why somebody was not let in. */
  enum AuthReason {
    /** Wrong name or secret. */
    INVALID_CREDENTIALS,
    /** A token past its time. */
    EXPIRED_TOKEN,
    /** Too many tries. */
    RATE_LIMITED
  }

  /** {@code api.auth_failed}: somebody was not let in. */
  record ApiAuthFailed(AuthReason reason, String account) implements PlatformEvent {
    static ApiAuthFailed read(Fields f) {
      return new ApiAuthFailed(f.need("reason").oneOf(AuthReason.class), f.maybe("account").text());
    }

    @Override
    public EventType type() {
      return EventType.API_AUTH_FAILED;
    }
  }

  /** What is looked up about a number. */
  enum DipType {
    /** Location routing number. */
    LRN,
    /** Carrier identification code. */
    CIC,
    /** Caller name. */
    CNAM
  }

  /** How a look-up went. */
  enum DipStatus {
    /** An answer came. */
    SUCCESS,
    /** An error came. */
    FAILURE,
    /** Nothing came in time. */
    TIMEOUT
  }

  /** {@code dip.query}: one look-up. */
  record DipQuery(
      DipType dipType, String provider, DipStatus status, Double latencyMs, Boolean cacheHit)
      implements PlatformEvent {
    static DipQuery read(Fields f) {
      return new DipQuery(
          f.need("dip_type").oneOf(DipType.class),
          f.maybe("provider").text(),
          f.need("status").oneOf(DipStatus.class),
          f.maybe("latency_ms").real(0, DAY_MS),
          f.maybe("cache_hit").flag());
    }

    @Override
    public EventType type() {
      return EventType.DIP_QUERY;
    }
  }

  /** How well a node is. */
  enum Health {
    /** Works. */
    HEALTHY,
    /** Works in part. */
    DEGRADED,
    /** Does not work. */
    UNHEALTHY
  }

  /** {@code infra.kamailio}: how well a SIP proxy is. */
  record Kamailio(String node, Health status) implements PlatformEvent {
    static Kamailio read(Fields f) {
      return new Kamailio(f.need("node").text(), f.need("status").oneOf(Health.class));
    }

    @Override
    public EventType type() {
      return EventType.INFRA_KAMAILIO;
    }
  }

  /** {@code infra.rtpengine}: how busy a media proxy is; capacity in percent. */
  record Rtpengine(String node, Integer sessions, Double capacityPercent) implements PlatformEvent {
    static Rtpengine read(Fields f) {
      return new Rtpengine(
          f.need("node").text(),
          f.maybe("sessions").count(0, MANY),
          f.maybe("capacity_percent").real(0, 100));
    }

    @Override
    public EventType type() {
      return EventType.INFRA_RTPENGINE;
    }
  }

  /** {@code infra.database}: how many connections a service holds. */
  record Database(String service, String database, Integer connections, Integer connectionsMax)
      implements PlatformEvent {
    static Database read(Fields f) {
      return new Database(
          f.need("service").text(),
          f.need("database").text(),
          f.maybe("connections").count(0, MANY),
          f.maybe("connections_max").count(0, MANY));
    }

    @Override
    public EventType type() {
      return EventType.INFRA_DATABASE;
    }
  }

  /** {@code infra.redis}: how much memory a Redis uses. */
  record Redis(String node, String db, Long memoryBytes) implements PlatformEvent {
    static Redis read(Fields f) {
      return new Redis(
          f.need("node").text(),
          f.maybe("db").text(),
          f.maybe("memory_bytes").whole(0, Long.MAX_VALUE / 2));
    }

    @Override
    public EventType type() {
      return EventType.INFRA_REDIS;
    }
  }
}
