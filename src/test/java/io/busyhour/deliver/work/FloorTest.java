package io.busyhour.deliver.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.deliver.outbox.Due;
import io.busyhour.deliver.subscription.Filter;
import io.busyhour.deliver.subscription.Secret;
import io.busyhour.deliver.subscription.Subscription;
import io.busyhour.deliver.work.Floor.Begun;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloorTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant LATEST = NOW.plusSeconds(3);

  private static Floor floor(int concurrency, int perPartner) {
    WorkSettings usual = Work.settings(0, Duration.ofSeconds(1));
    return new Floor(
        new WorkSettings(
            usual.schedule(),
            0,
            3,
            usual.lease(),
            concurrency,
            perPartner,
            usual.timeout(),
            usual.giveUpAfter()));
  }

  private static Subscription subscription(String id, String partner) {
    return new Subscription(
        id,
        partner,
        URI.create("http://localhost/"),
        new Filter(Set.of("call.ended"), Set.of(), Set.of()),
        false,
        0,
        List.of(new Secret("whsec_AAAA", null)),
        Subscription.State.ACTIVE,
        NOW,
        0);
  }

  private static Endpoint endpoint(Floor floor, String id) {
    return floor.endpoints().stream()
        .filter(one -> one.subscription().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<Begun> take(Floor floor, String id, int count) {
    Endpoint endpoint = endpoint(floor, id);
    endpoint.looking();
    List<Due> taken =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new Due(
                        id + i,
                        id,
                        "p",
                        "call.ended",
                        "{}",
                        NOW,
                        NOW,
                        NOW.plusSeconds(60),
                        0,
                        0,
                        null))
            .toList();
    endpoint.add(taken, NOW, Instant.MAX);
    return floor.begin(endpoint, NOW);
  }

  @Test
  void nextLook_allPlacesTaken_isNotNow() {
    Floor floor = floor(1, 1);
    floor.refresh(List.of(subscription("a", "acme"), subscription("b", "other")));
    List<Begun> first = take(floor, "a", 1);
    assertThat(first).hasSize(1);
    assertThat(take(floor, "b", 2)).isEmpty();
    assertThat(floor.nextLook(NOW, LATEST)).isEqualTo(LATEST);
    List<Begun> next = floor.ended(first.get(0).endpoint(), Work.status(200), NOW);
    assertThat(next).extracting(one -> one.due().deliveryId()).containsExactly("b0");
  }

  @Test
  void nextLook_shareOfThePartnerTaken_isNotNow() {
    Floor floor = floor(8, 1);
    floor.refresh(List.of(subscription("a", "acme"), subscription("b", "acme")));
    List<Begun> first = take(floor, "a", 2);
    assertThat(take(floor, "b", 2)).isEmpty();
    assertThat(floor.nextLook(NOW, LATEST)).isEqualTo(LATEST);
    List<Begun> next = floor.ended(first.get(0).endpoint(), Work.status(200), NOW);
    assertThat(next).extracting(one -> one.due().deliveryId()).containsExactly("b0");
  }

  @Test
  void ended_otherPartnersWaitForTheirTurn_theShareOfItsOwnIsNotForgotten() {
    Floor floor = floor(2, 1);
    floor.refresh(
        List.of(
            subscription("a", "acme"),
            subscription("b", "acme"),
            subscription("c", "other"),
            subscription("d", "third")));
    Begun a = take(floor, "a", 1).get(0);
    assertThat(take(floor, "b", 1)).isEmpty(); // acme has its share
    Begun c = take(floor, "c", 1).get(0);
    assertThat(take(floor, "d", 1)).isEmpty(); // all places are taken
    Begun d = floor.ended(a.endpoint(), Work.status(200), NOW).get(0);
    assertThat(d.due().deliveryId()).isEqualTo("d0");
    List<Begun> next = floor.ended(c.endpoint(), Work.status(200), NOW);
    assertThat(next).extracting(one -> one.due().deliveryId()).containsExactly("b0");
  }

  @Test
  void queued_whileSomebodyLooks_isLookedForAgain() {
    Floor floor = floor(8, 8);
    floor.refresh(List.of(subscription("a", "acme")));
    Endpoint endpoint = endpoint(floor, "a");
    assertThat(endpoint.wanted(NOW)).isPositive();
    endpoint.looking();
    floor.queued("a", Instant.MIN); // after he read, and before he has said so
    endpoint.add(List.of(), NOW, Instant.MAX);
    assertThat(endpoint.wanted(NOW)).isPositive();
    assertThat(floor.nextLook(NOW, LATEST)).isEqualTo(NOW);
  }

  @Test
  void stop_whileAttemptsAreUnderWay_nothingMoreBegins() {
    Floor floor = floor(8, 8);
    floor.refresh(List.of(subscription("a", "acme")));
    List<Begun> begun = take(floor, "a", 5);
    floor.stop();
    assertThat(floor.ended(begun.get(0).endpoint(), Work.status(200), NOW)).isEmpty();
    assertThat(floor.isIdle()).isTrue();
  }
}
