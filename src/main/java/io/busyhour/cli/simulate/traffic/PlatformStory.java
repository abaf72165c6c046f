package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.PlatformEvent.ApiAuthFailed;
import io.busyhour.event.PlatformEvent.ApiRateLimited;
import io.busyhour.event.PlatformEvent.ApiRequest;
import io.busyhour.event.PlatformEvent.AuthReason;
import io.busyhour.event.PlatformEvent.DipQuery;
import io.busyhour.event.PlatformEvent.DipStatus;
import io.busyhour.event.PlatformEvent.DipType;
import io.busyhour.event.PlatformEvent.LimitType;
import java.util.List;

/** What the platform tells of a conversation: what it was asked, and what it looked up. */
final class PlatformStory {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final double TIMEOUT_MILLIS = 2_000;

  private PlatformStory() {}

  /** An account's software asks the API; now and then it is turned away. */
  static void request(
      Story story, double at, String account, String method, String path, Dice dice) {
    int status = status(method, dice);
    double millis = dice.logNormal(status < UNAUTHORIZED ? 38 : 12, 0.7);
    story.tell(at, new ApiRequest(path, method, status, account, Story.rounded(millis, 1)));
    if (status == TOO_MANY) {
      LimitType type = dice.pick(List.of(LimitType.values()));
      story.tell(at, new ApiRateLimited(type, account));
    }
    if (status == UNAUTHORIZED) {
      AuthReason reason =
          dice.chance(0.7)
              ? AuthReason.EXPIRED_TOKEN
              : dice.pick(List.of(AuthReason.INVALID_CREDENTIALS, AuthReason.RATE_LIMITED));
      story.tell(at, new ApiAuthFailed(reason, account));
    }
  }

  private static int status(String method, Dice dice) {
    double chance = dice.even();
    if (chance < 0.965) {
      return method.equals("POST") ? CREATED : OK;
    }
    if (chance < 0.975) {
      return UNAUTHORIZED;
    }
    if (chance < 0.985) {
      return TOO_MANY;
    }
    return chance < 0.9998 ? dice.pick(List.of(400, 404)) : dice.pick(List.of(500, 503));
  }

  /** One look-up; what the cache has comes at once and is never wrong. */
  static void lookup(Story story, double at, DipType type, Dice dice) {
    boolean hit = dice.chance(cached(type));
    DipStatus status = hit ? DipStatus.SUCCESS : asked(dice);
    double millis =
        switch (status) {
          case SUCCESS -> hit ? dice.logNormal(1.2, 0.4) : dice.logNormal(34, 0.6);
          case FAILURE -> dice.logNormal(60, 0.6);
          case TIMEOUT -> TIMEOUT_MILLIS;
        };
    story.tell(at, new DipQuery(type, provider(type), status, Story.rounded(millis, 2), hit));
  }

  private static DipStatus asked(Dice dice) {
    double chance = dice.even();
    if (chance < 0.985) {
      return DipStatus.SUCCESS;
    }
    return chance < 0.995 ? DipStatus.FAILURE : DipStatus.TIMEOUT;
  }

  private static double cached(DipType type) {
    return switch (type) {
      case LRN -> 0.65;
      case CIC -> 0.8;
      case CNAM -> 0.7;
    };
  }

  private static String provider(DipType type) {
    return switch (type) {
      case LRN -> "larchdata";
      case CIC -> null;
      case CNAM -> "maplenames";
    };
  }
}
