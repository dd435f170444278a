package org.ampay.ocpi.push;

import static org.ampay.ocpi.push.PushScene.DOWN;
import static org.ampay.ocpi.push.PushScene.ONE;
import static org.ampay.ocpi.push.PushScene.OTHER;
import static org.ampay.ocpi.push.PushScene.TAKEN;
import static org.ampay.ocpi.push.PushScene.partner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.push.PushState.Stand;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PushQueueTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final PartnerReply REFUSED = new PartnerReply.Refused(200, 2001, "no such field");

  private PushScene scene;

  @BeforeEach
  void begin() {
    DB.clear();
    scene = new PushScene(DB.database());
  }

  private void want(PushQueue queue, long partner, PushKind kind, String key) {
    DB.transactor()
        .run(
            tx -> {
              scene.change(kind, key);
              queue.wanted(tx, partner, kind, key);
            });
  }

  private static PushState only(PushQueue queue, long partnerId) {
    List<PushState> all = queue.states(partner(partnerId), null, "", 100);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void changedManyTimesBeforeItIsSent_isSentOnceInItsNewestState() throws Exception {
    PushQueue queue = scene.node("a");
    for (int i = 0; i < 10; i++) {
      want(queue, ONE, PushKind.SESSION, "1");
    }
    assertThat(only(queue, ONE).state()).isEqualTo(Stand.WAITING);
    queue.start(scene.sources());
    scene.settle();
    assertThat(scene.texts()).containsExactly("5 SESSION 1=10");
    assertThat(only(queue, ONE).state()).isEqualTo(Stand.TAKEN);
    assertThat(only(queue, ONE).taken()).isEqualTo(10);
  }

  @Test
  void aCommitWakesTheQueueWithoutATick() throws Exception {
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.SESSION, "1");
    queue.wanted(List.of(ONE, OTHER), PushKind.EVSE, List.of("7/1", "7/2"));
    scene.settle();
    assertThat(scene.texts())
        .containsExactlyInAnyOrder(
            "5 SESSION 1=1", "5 EVSE 7/1=0", "5 EVSE 7/2=0", "6 EVSE 7/1=0", "6 EVSE 7/2=0");
  }

  @Test
  void whatIsRolledBack_isNotSent() throws Exception {
    PushQueue queue = scene.started("a");
    assertThatThrownBy(
            () ->
                DB.transactor()
                    .run(
                        tx -> {
                          queue.wanted(tx, ONE, PushKind.CDR, "1");
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    scene.pass(Duration.ofSeconds(1), queue);
    assertThat(scene.calls).isEmpty();
    assertThat(queue.states(partner(ONE), null, "", 10)).isEmpty();
  }

  @Test
  void aSlowPartner_doesNotDelayAQuickOne() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    scene.moods.put(ONE, call -> after(end, TAKEN));
    PushQueue queue = scene.started("a");
    List<String> keys = IntStream.range(0, 2_000).mapToObj(i -> "1/" + i).toList();
    queue.wanted(List.of(ONE, OTHER), PushKind.EVSE, keys);
    int quick = 0;
    while (quick < keys.size()) { // while not one call of the slow partner has ended
      quick += scene.next().partner() == OTHER ? 1 : 0;
    }
    assertThat(scene.calls.stream().filter(call -> call.partner() == ONE).count())
        .as("calls at a time")
        .isLessThanOrEqualTo(PushSettings.defaults().calls());
    end.countDown();
    scene.settle();
    assertThat(scene.has).hasSize(2 * keys.size());
    assertThat(scene.calls).hasSize(2 * keys.size());
  }

  private static PartnerReply after(CountDownLatch latch, PartnerReply reply) {
    try {
      latch.await();
      return reply;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void changedWhileItIsSent_isSentAgainAfterwardsNotBeside() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    scene.moods.put(ONE, call -> call.state() == 1 ? after(end, TAKEN) : TAKEN);
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.SESSION, "1");
    scene.next();
    want(queue, ONE, PushKind.SESSION, "1");
    want(queue, ONE, PushKind.SESSION, "2");
    assertThat(scene.next()).hasToString("5 SESSION 2=1"); // others go on meanwhile
    end.countDown();
    scene.settle();
    assertThat(scene.texts()).containsExactly("5 SESSION 1=1", "5 SESSION 2=1", "5 SESSION 1=2");
    assertThat(scene.clashes).isEmpty();
  }

  @Test
  void aLocation_isNotSentBesideTheStatesOfItsEvses() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    scene.moods.put(ONE, call -> call.key().equals("7") ? after(end, TAKEN) : TAKEN);
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.LOCATION, "7");
    scene.next();
    want(queue, ONE, PushKind.EVSE, "7/1");
    want(queue, ONE, PushKind.EVSE, "8/1");
    assertThat(scene.next()).hasToString("5 EVSE 8/1=1");
    end.countDown();
    scene.settle();
    assertThat(scene.texts()).containsExactly("5 LOCATION 7=1", "5 EVSE 8/1=1", "5 EVSE 7/1=1");
  }

  @Test
  void aPartnerThatIsAway_isAskedNowAndThenAndMissesNothing() throws Exception {
    scene.moods.put(ONE, call -> new PartnerReply.Failed("refused", false));
    PushQueue queue = scene.started("a");
    List<String> keys = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
    queue.wanted(List.of(ONE), PushKind.TARIFF, keys);
    scene.settle();
    for (int second = 0; second < 3_600; second += 5) {
      scene.pass(Duration.ofSeconds(5), queue);
    }
    assertThat(scene.calls.size()).as("calls in an hour").isBetween(60, 250);
    assertThat(queue.summary(partner(ONE)).awaySince()).isNotNull();
    assertThat(queue.states(partner(ONE), Stand.GIVEN_UP, "", 10)).isEmpty();
    scene.moods.put(ONE, call -> TAKEN);
    for (int second = 0; second < 700; second += 5) {
      scene.pass(Duration.ofSeconds(5), queue);
    }
    assertThat(scene.has).hasSize(200);
    assertThat(queue.states(partner(ONE), Stand.WAITING, "", 10)).isEmpty();
    assertThat(queue.summary(partner(ONE)).awaySince()).isNull();
  }

  @Test
  void whatAPartnerRefuses_isGivenUpWithItsErrorAndSentAgainWhenAPersonSaysSo() throws Exception {
    scene.moods.put(ONE, call -> call.key().equals("bad") ? REFUSED : TAKEN);
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.CDR, "bad");
    for (int minute = 0; minute < 30; minute++) {
      scene.pass(Duration.ofMinutes(1), queue);
    }
    assertThat(scene.calls).hasSize(PushSettings.defaults().refusals());
    PushState state = only(queue, ONE);
    assertThat(state.state()).isEqualTo(Stand.GIVEN_UP);
    assertThat(state.error()).isEqualTo("HTTP 200, OCPI 2001: no such field");
    scene.moods.remove(ONE);
    AtomicInteger audited = new AtomicInteger();
    assertThat(queue.retry(partner(OTHER), null, null, tx -> {})).isZero();
    assertThat(queue.retry(partner(ONE), PushKind.CDR, "bad", tx -> audited.incrementAndGet()))
        .isEqualTo(1);
    scene.settle();
    assertThat(only(queue, ONE).state()).isEqualTo(Stand.TAKEN);
    assertThat(only(queue, ONE).error()).isNull();
    assertThat(audited).hasValue(1);
  }

  @Test
  void whatWasGivenUp_isSentWhenItChanges() throws Exception {
    scene.moods.put(ONE, call -> call.state() == 1 ? REFUSED : TAKEN);
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.SESSION, "1");
    for (int minute = 0; minute < 30; minute++) {
      scene.pass(Duration.ofMinutes(1), queue);
    }
    assertThat(only(queue, ONE).state()).isEqualTo(Stand.GIVEN_UP);
    want(queue, ONE, PushKind.SESSION, "1");
    scene.settle();
    assertThat(only(queue, ONE).state()).isEqualTo(Stand.TAKEN);
  }

  @Test
  void aPartnerWithoutEndpoint_isNotAskedAgain() throws Exception {
    scene.moods.put(ONE, call -> new PartnerReply.NoEndpoint("no cdrs"));
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.CDR, "1");
    scene.pass(Duration.ofHours(1), queue);
    assertThat(scene.calls).hasSize(1);
    assertThat(only(queue, ONE).state()).isEqualTo(Stand.NO_ENDPOINT);
  }

  @Test
  void anEvseOfALocationThatThePartnerDoesNotKnow_followsTheLocation() throws Exception {
    scene.moods.put(
        ONE,
        call ->
            call.kind() == PushKind.EVSE && !scene.has.containsKey("5 LOCATION 7")
                ? new PartnerReply.Refused(404, 2003, "unknown location")
                : TAKEN);
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.EVSE, "7/1");
    scene.settle();
    scene.pass(Duration.ofSeconds(2), queue);
    assertThat(scene.texts()).containsExactly("5 EVSE 7/1=1", "5 LOCATION 7=0", "5 EVSE 7/1=1");
    assertThat(queue.states(partner(ONE), Stand.TAKEN, "", 10)).hasSize(2);
  }

  @Test
  void aCreditCdr_followsTheOneThatItTakesBack() throws Exception {
    AtomicInteger broken = new AtomicInteger(3);
    scene.moods.put(ONE, call -> broken.getAndDecrement() > 0 ? REFUSED : TAKEN);
    PushQueue queue = scene.node("a");
    want(queue, ONE, PushKind.CDR, "1-C");
    want(queue, ONE, PushKind.CDR, "1");
    queue.start(scene.sources());
    scene.settle();
    for (int i = 0; i < 10; i++) {
      scene.pass(Duration.ofSeconds(10), queue);
    }
    assertThat(scene.texts())
        .containsExactly("5 CDR 1=1", "5 CDR 1=1", "5 CDR 1=1", "5 CDR 1=1", "5 CDR 1-C=1");
    assertThat(queue.states(partner(ONE), Stand.TAKEN, "", 10)).hasSize(2);
  }

  @Test
  void aLostAnswer_hasTheObjectSentAgain() throws Exception {
    AtomicInteger lost = new AtomicInteger(1);
    scene.moods.put(ONE, call -> lost.getAndDecrement() > 0 ? DOWN : alreadyThere());
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.CDR, "1");
    scene.settle();
    assertThat(only(queue, ONE).state()).isEqualTo(Stand.WAITING);
    scene.pass(Duration.ofSeconds(2), queue);
    assertThat(scene.calls).hasSize(2);
    assertThat(only(queue, ONE).state()).as("409: it has it").isEqualTo(Stand.TAKEN);
  }

  private static PartnerReply alreadyThere() {
    return new PartnerReply.Refused(409, 2000, "there is such a CDR");
  }

  @Test
  void afterAKill_anotherInstanceSendsWhatWasOnItsWayWhenTheLeaseEnds() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    scene.moods.put(ONE, call -> after(never, TAKEN));
    PushQueue killed = scene.started("a");
    want(killed, ONE, PushKind.CDR, "1");
    scene.next();
    want(killed, ONE, PushKind.CDR, "2");
    scene.next();
    scene.moods.put(ONE, call -> TAKEN);
    PushQueue next = scene.started("b");
    next.tick();
    want(next, ONE, PushKind.CDR, "3");
    scene.time.advance(Duration.ofSeconds(39));
    next.tick();
    want(next, OTHER, PushKind.CDR, "3"); // of nobody yet
    assertThat(scene.next()).hasToString("6 CDR 3=2");
    scene.time.advance(Duration.ofSeconds(2));
    next.tick();
    assertThat(List.of(scene.next().key(), scene.next().key(), scene.next().key()))
        .containsExactlyInAnyOrder("1", "2", "3");
    never.countDown();
    scene.settle();
    assertThat(next.states(partner(ONE), Stand.TAKEN, "", 10)).hasSize(3);
  }

  @Test
  void aNodeThatEnds_leavesItsPartnersAtOnce() throws Exception {
    PushQueue first = scene.started("a");
    want(first, ONE, PushKind.CDR, "1");
    scene.settle();
    first.close();
    PushQueue next = scene.started("b");
    want(next, ONE, PushKind.CDR, "2");
    scene.settle();
    assertThat(scene.texts()).containsExactly("5 CDR 1=1", "5 CDR 2=1");
  }

  @Test
  void whatWasTakenLongAgo_isForgotten() throws Exception {
    PushQueue queue = scene.started("a");
    want(queue, ONE, PushKind.CDR, "1");
    scene.settle();
    scene.time.advance(PushSettings.defaults().kept().minusSeconds(1));
    queue.sweep();
    assertThat(only(queue, ONE).key()).isEqualTo("1");
    scene.time.advance(Duration.ofSeconds(2));
    queue.sweep();
    assertThat(queue.states(partner(ONE), null, "", 10)).isEmpty();
  }

  /** Two nodes, changes at random, faults of every kind: in the end partners have the newest. */
  @Test
  void whateverHappens_partnersEndWithTheNewestState() throws Exception {
    Random random = new Random(42);
    scene.moods.put(ONE, call -> fault(random));
    scene.moods.put(OTHER, call -> fault(random));
    PushQueue a = scene.started("a");
    PushQueue b = scene.started("b");
    for (int i = 0; i < 2_000; i++) {
      int at = random.nextInt(PushKind.values().length);
      PushKind kind = PushKind.values()[at];
      String key = kind == PushKind.EVSE ? random.nextInt(4) + "/1" : "" + random.nextInt(20);
      want(random.nextBoolean() ? a : b, random.nextBoolean() ? ONE : OTHER, kind, key);
      if (i % 50 == 0) {
        scene.pass(Duration.ofSeconds(random.nextInt(20)), a, b);
      }
    }
    scene.moods.clear();
    for (long partner : List.of(ONE, OTHER)) {
      a.retry(partner(partner), null, null, tx -> {});
      scene.states.forEach((name, state) -> wantAgain(a, partner, name));
    }
    for (int i = 0; i < 30; i++) {
      scene.pass(Duration.ofSeconds(41), b, a);
    }
    for (long partner : List.of(ONE, OTHER)) {
      for (Map.Entry<String, Integer> object : scene.states.entrySet()) {
        assertThat(scene.has).containsEntry(partner + " " + object.getKey(), object.getValue());
      }
      assertThat(a.states(partner(partner), Stand.WAITING, "", 10)).isEmpty();
    }
    assertThat(scene.clashes).isEmpty();
  }

  private void wantAgain(PushQueue queue, long partner, String name) {
    String[] parts = name.split(" ", 2);
    queue.wanted(List.of(partner), PushKind.valueOf(parts[0]), List.of(parts[1]));
  }

  private static PartnerReply fault(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> DOWN;
      case 1 -> REFUSED;
      case 2 -> new PartnerReply.Refused(500, 0, "oops");
      case 3 -> new PartnerReply.Refused(200, 3000, "oops");
      default -> TAKEN;
    };
  }
}
