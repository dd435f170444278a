package org.ampay.charging;

import static org.ampay.charging.Commands.at;
import static org.ampay.charging.Commands.readings;
import static org.ampay.charging.Commands.register;
import static org.ampay.charging.Commands.start;
import static org.ampay.charging.Commands.status;
import static org.ampay.charging.Commands.stop;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.conformance.Proves;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.junit.jupiter.api.Test;

/** Whole ways of messages of OCPP 1.6 through the core, and what both versions have in common. */
class SessionsTest extends CoreCase {

  @Test
  void session16_isPricedAndBilledOnce() {
    SessionReply.Started started = started(start("TAG1", 0, 1000));
    assertThat(started.authorization().accepted()).isTrue();
    later(3600);
    send16(readings(started.transactionId(), register(1800, 11_000)));
    assertThat(send16(stop(started.transactionId(), 3600, 21_000)))
        .isEqualTo(new SessionReply.Stopped(Optional.empty()));
    CoreWorld.Row row = only();
    assertThat(row.state()).isEqualTo("finished");
    assertThat(row.energyMwh()).isEqualTo(20_000_000);
    assertThat(row.totalMinor()).isEqualTo(2050);
    assertThat(world.bills()).containsEntry(row.id(), 1).hasSize(1);
  }

  @Test
  @Proves({"1.6/StartTransaction/4", "1.6/StartTransaction/5"})
  void repeatedStart_getsTheSameAnswer_alsoAfterRestartAndStop() {
    SessionReply first = started(start("TAG1", 0, 1000));
    assertThat(started(start("TAG1", 0, 1000))).isEqualTo(withoutIds(first));
    world.restart();
    assertThat(started(start("TAG1", 0, 1000))).isEqualTo(withoutIds(first));
    later(60);
    send16(stop(transaction(first), 60, 1010));
    world.restart();
    assertThat(started(start("TAG1", 0, 1000))).isEqualTo(withoutIds(first));
    assertThat(only().state()).isEqualTo("finished");
  }

  private static int transaction(SessionReply reply) {
    return ((SessionReply.Started) reply).transactionId();
  }

  /** What is kept of an answer is what went to the station. */
  private static SessionReply withoutIds(SessionReply reply) {
    return Answers.read(Answers.write(reply), start("x", 0, 0));
  }

  @Test
  @Proves({"1.6/StartTransaction/2", "1.6/StartTransaction/3"})
  void refusedStart_isRecorded_withATransactionId() {
    SessionReply.Started started = started(start("BAD", 0, 1000));
    assertThat(started.transactionId()).isPositive();
    assertThat(started.authorization().status()).isEqualTo(AuthorizationStatus.BLOCKED);
    send16(stop(started.transactionId(), 1, 1000));
    assertThat(only().state()).isEqualTo("rejected");
    assertThat(world.bills()).isEmpty();
    assertThat(world.guard().holds()).isZero();
  }

  @Test
  void energyAfterARefusal_isForReview() {
    SessionReply.Started started = started(start("BAD", 0, 1000));
    world.restart();
    later(600);
    send16(stop(started.transactionId(), 600, 3000));
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).contains("energy without authorization");
  }

  @Test
  void guardsRefusal_isTheAnswer() {
    world.guard().refuseAt(STATION);
    assertThat(started(start("TAG1", 0, 0)).authorization().status())
        .isEqualTo(AuthorizationStatus.NO_CREDIT);
    assertThat(only().state()).isEqualTo("rejected");
  }

  @Test
  void stationWithoutTariff_cannotStart() {
    StationInfo station = CoreWorld.station(CoreWorld.NO_TARIFF_STATION);
    SessionReply.Started started =
        (SessionReply.Started) send(station, Protocol.OCPP_16, start("TAG1", 0, 0));
    assertThat(started.authorization().status())
        .isEqualTo(AuthorizationStatus.NOT_AT_THIS_LOCATION);
    assertThat(only().remarks()).isEqualTo(Admissions.NO_TARIFF);
  }

  @Test
  @Proves("1.6/StopTransaction/1")
  void stopOfUnknownTransaction_isConfirmedAndKept() {
    for (long id : new long[] {4711, 0, -1, 0}) {
      assertThat(send16(stop(id, 100, 5000))).isInstanceOf(SessionReply.Stopped.class);
    }
    assertThat(send16(stop(0, 200, 6000))).isInstanceOf(SessionReply.Stopped.class);
    assertThat(world.rows())
        .extracting(CoreWorld.Row::transactionId)
        .containsExactly("4711", "0", "-1", "0");
    assertThat(world.rows()).allMatch(row -> row.state().equals("orphan"));
    assertThat(world.bills()).isEmpty();
  }

  @Test
  void stopOfAnotherStationsTransaction_isAnOrphan() {
    SessionReply.Started started = started(start("TAG1", 0, 1000));
    send(CoreWorld.station(2), Protocol.OCPP_16, stop(started.transactionId(), 60, 1100));
    assertThat(world.rows()).extracting(CoreWorld.Row::state).containsExactly("active", "orphan");
  }

  @Test
  void secondStop_isConfirmedAndMarked_neverBilledTwice() {
    SessionReply.Started started = started(start("TAG1", 0, 1000));
    later(700);
    send16(stop(started.transactionId(), 600, 2000));
    send16(stop(started.transactionId(), 600, 2000));
    world.restart();
    send16(stop(started.transactionId(), 660, 9000));
    CoreWorld.Row row = only();
    assertThat(row.state()).isEqualTo("finished");
    assertThat(row.totalMinor()).isEqualTo(150);
    assertThat(row.remarks()).contains("another stop came: register 9000 Wh");
    assertThat(world.bills()).containsEntry(row.id(), 1);
    assertThat(world.meters().counter("ampay.facts.duplicate").count()).isEqualTo(1);
  }

  @Test
  void rollback_isForReview_withoutTotal() {
    SessionReply.Started started = started(start("TAG1", 0, 5000));
    later(600);
    send16(stop(started.transactionId(), 600, 200));
    CoreWorld.Row row = only();
    assertThat(row.state()).isEqualTo("review");
    assertThat(row.energyMwh()).isEqualTo(-1);
    assertThat(row.totalMinor()).isEqualTo(-1);
    assertThat(world.bills()).isEmpty();
  }

  @Test
  void stopStampedAhead_isKeptForReview() {
    SessionReply.Started started = started(start("TAG1", 0, 0));
    later(60);
    send16(stop(started.transactionId(), 3600, 500));
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).contains("ahead of its receipt");
  }

  @Test
  void brokenStop_isConfirmed_forReview() {
    SessionReply.Started started = started(start("TAG1", 0, 0));
    later(60);
    send16(
        new SessionCommand.Stop(
            String.valueOf(started.transactionId()),
            null,
            null,
            at(60),
            "Local",
            List.of(),
            "meterStop: type"));
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).contains("broken message: meterStop: type");
  }

  @Test
  @Proves("1.6/MeterValues/1")
  void readingsOfUnknownTransaction_areKept() {
    send16(readings(99, register(10, 100)));
    send16(readings(99, register(20, 200)));
    send16(stop(99, 30, 300));
    assertThat(only().state()).isEqualTo("orphan");
    assertThat(only().transactionId()).isEqualTo("99");
    assertThat(world.readings()).hasSize(2);
  }

  @Test
  void readingsWithoutTransaction_belongToNoSession() {
    send16(
        new SessionCommand.Readings(
            new EvseRef(0, 0), Optional.empty(), List.of(register(1, 5)), null));
    send16(readings(0, register(1, 5)));
    assertThat(world.rows()).isEmpty();
    assertThat(world.readings()).hasSize(1).containsValue(2);
  }

  @Test
  void repeatedReadings_areStoredOnce() {
    SessionReply.Started started = started(start("TAG1", 0, 0));
    later(100);
    SessionCommand.Readings message =
        readings(started.transactionId(), register(10, 100), register(20, 200));
    send16(message);
    world.restart();
    send16(message);
    send16(readings(started.transactionId(), register(20, 200), register(30, 300)));
    assertThat(world.readings()).hasSize(3).allSatisfy((key, count) -> assertThat(count).isOne());
  }

  @Test
  void readingsAfterStop_areStoredAndMarked() {
    SessionReply.Started started = started(start("TAG1", 0, 0));
    later(100);
    send16(stop(started.transactionId(), 60, 500));
    send16(readings(started.transactionId(), register(90, 600)));
    assertThat(world.readings()).hasSize(1);
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().remarks()).isEqualTo("readings after its stop");
  }

  @Test
  void lostStop_isFoundAtTheNextStart() {
    started(start("TAG1", 0, 0));
    later(700);
    SessionReply.Started next = started(start("TAG2", 600, 2000));
    assertThat(next.authorization().accepted()).isTrue();
    assertThat(world.rows()).extracting(CoreWorld.Row::state).containsExactly("review", "active");
    assertThat(world.rows().getFirst().remarks()).contains("next start on the connector");
  }

  @Test
  void lostStop_ofAStartStampedAhead_isFoundAtTheNextStart() {
    started(start("TAG1", 1_000_000, 0));
    later(700);
    started(start("TAG2", 600, 2000));
    assertThat(world.rows()).extracting(CoreWorld.Row::state).containsExactly("review", "active");
  }

  @Test
  void negativeFirstRegister_isForReview() {
    SessionReply.Started started = started(start("TAG1", 0, -50));
    later(60);
    send16(stop(started.transactionId(), 60, 100));
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).contains("negative register");
  }

  @Test
  void lostStop_thatComesLate_isFilledIn_stillForReview() {
    SessionReply.Started first = started(start("TAG1", 0, 0));
    later(700);
    started(start("TAG2", 600, 2000));
    send16(stop(first.transactionId(), 500, 2000));
    CoreWorld.Row row = world.rows().getFirst();
    assertThat(row.state()).isEqualTo("review");
    assertThat(row.energyMwh()).isEqualTo(2_000_000);
    assertThat(row.remarks()).contains("its stop came late");
  }

  @Test
  void repeatOfAnEarlierStart_closesNothing() {
    SessionReply.Started first = started(start("TAG1", 0, 0));
    later(700);
    send16(stop(first.transactionId(), 300, 1000));
    started(start("TAG2", 600, 1000));
    world.restart();
    assertThat(started(start("TAG1", 0, 0)).transactionId()).isEqualTo(first.transactionId());
    assertThat(world.rows()).extracting(CoreWorld.Row::state).containsExactly("finished", "active");
  }

  @Test
  void parking16_isPriced_alsoAfterARestart() {
    SessionReply.Started started = started(start("TAG1", 0, 0));
    later(7200);
    send16(status("Charging", 10));
    send16(readings(started.transactionId(), register(3600, 10_000)));
    send16(status("SuspendedEV", 3600));
    world.restart();
    send16(stop(started.transactionId(), 7200, 10_000));
    assertThat(only().totalMinor()).isEqualTo(50 + 1000 + 600);
  }

  @Test
  void registerZero_onAConnectorThatStoodHigher_isDoubted() {
    SessionReply.Started first = started(start("TAG1", 0, 900));
    later(90_000);
    send16(stop(first.transactionId(), 600, 1000));
    SessionReply.Started second = started(start("TAG1", 700, 0));
    send16(stop(second.transactionId(), 90_000, 1010));
    assertThat(world.rows().getLast().state()).isEqualTo("review");
    assertThat(world.rows().getLast().remarks()).contains("the connector stood at 1000 Wh");
  }

  @Test
  void databaseAway_nothingIsAcknowledged_andTheRepeatIsNew() {
    trouble.away = true;
    assertThat(send16(start("TAG1", 0, 0))).isInstanceOf(SessionReply.Unavailable.class);
    assertThat(world.rows()).isEmpty();
    trouble.away = false;
    assertThat(started(start("TAG1", 0, 0)).authorization().accepted()).isTrue();
    assertThat(world.guard().holds()).isOne();
  }

  @Test
  void lostCommitAnswer_isLookedFor() {
    started(start("TAG1", 0, 0));
    trouble.answerLost = true;
    assertThat(send16(readings(1, register(10, 10)))).isEqualTo(new SessionReply.Stored());
    later(60);
    send16(stop(1, 60, 100));
    assertThat(only().energyMwh()).isEqualTo(Energy.ofWh(100).milliWh());
    assertThat(world.readings()).hasSize(1).containsValue(1);
  }

  @Test
  void lateReadings_doNotDisturbTheOrder() {
    SessionReply.Started started = started(start("TAG1", 0, 0));
    later(3600);
    send16(readings(started.transactionId(), register(1200, 4000)));
    send16(readings(started.transactionId(), register(600, 2000)));
    send16(stop(started.transactionId(), 1800, 6000));
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().totalMinor()).isEqualTo(650);
  }

  @Test
  void idleOwner_isForgotten_andLoadedAgain() {
    SessionReply.Started started = started(start("TAG1", 0, 0));
    assertThat(world.sessions().evictIdle(at(0).plus(Duration.ofMinutes(9)))).isZero();
    assertThat(world.sessions().evictIdle(at(0).plus(Duration.ofMinutes(11)))).isOne();
    later(600);
    send16(stop(started.transactionId(), 600, 1000));
    assertThat(only().state()).isEqualTo("finished");
  }

  @Test
  void nanoseconds_areCut() {
    SessionCommand.Start start =
        new SessionCommand.Start(
            Commands.PLACE,
            IdToken.untyped("TAG1"),
            Energy.ZERO,
            at(0).plusNanos(123_456_789),
            null);
    started(start);
    assertThat(only().startedAt()).isEqualTo(at(0).plusMillis(123));
  }

  @Test
  @Proves("1.6/StopTransaction/5")
  void stopByAnotherToken_isKept_andFlaggedUnlessOfItsGroup() {
    SessionReply.Started first = started(start("TAG1", 0, 0));
    later(200);
    send16(stopBy("TAG2", first.transactionId(), 60, 100));
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().remarks()).isEmpty();
    SessionReply.Started second = started(start("TAG1", 100, 100));
    send16(stopBy("OTHER", second.transactionId(), 160, 200));
    SessionReply.Started third = started(start("TAG1", 170, 200));
    send16(stopBy("BAD", third.transactionId(), 190, 300));
    assertThat(world.rows()).extracting(CoreWorld.Row::state).containsOnly("finished");
    assertThat(world.rows())
        .extracting(CoreWorld.Row::remarks)
        .containsExactly(
            "", "stopped with a token of another group", "stopped with a refused token");
  }

  private static SessionCommand.Stop stopBy(String token, long id, long seconds, long wh) {
    return new SessionCommand.Stop(
        String.valueOf(id),
        IdToken.untyped(token),
        Energy.ofWh(wh),
        at(seconds),
        "Local",
        List.of(),
        null);
  }
}
