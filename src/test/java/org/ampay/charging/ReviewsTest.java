package org.ampay.charging;

import static org.ampay.charging.Commands.event;
import static org.ampay.charging.Commands.readings;
import static org.ampay.charging.Commands.register;
import static org.ampay.charging.Commands.start;
import static org.ampay.charging.Commands.stop;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that the server closes by rule, and sessions whose review a person ends. */
class ReviewsTest extends CoreCase {

  private SessionReply.Ruled rule(Rule rule) {
    return rule(only().id(), rule);
  }

  private SessionReply.Ruled rule(long session, Rule rule) {
    return (SessionReply.Ruled)
        send(STATION, Protocol.OCPP_16, new SessionCommand.Ruling(session, rule));
  }

  private Reviews.Result resolve(
      Rule.Decision decision, @Nullable Energy start, @Nullable Energy stop) {
    return world
        .reviews()
        .resolve(
            STATION, only().id(), new Reviews.Wish(decision, start, stop, "user:a@b", "because"));
  }

  /** 10 kWh in an hour, then silence; closed by rule. */
  private int lost() {
    SessionReply.Started started = started(start("TAG1", 0, 1_000));
    later(3700);
    send16(readings(started.transactionId(), register(3600, 11_000)));
    later(90_000);
    assertThat(rule(new Rule.Close("nothing was heard for 1440 minutes")).done()).isTrue();
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().energyMwh()).isEqualTo(10_000_000);
    assertThat(only().remarks()).contains("its stop was lost: nothing was heard");
    return started.transactionId();
  }

  @Test
  void closedByRule_isClosedOnce() {
    lost();
    world.restart();
    assertThat(rule(new Rule.Close("again")).text()).isEqualTo("it does not run any more");
    assertThat(rule(4711, new Rule.Close("x")).text()).isEqualTo("there is no such session");
  }

  @Test
  void lateStop_afterTheRuleClosedIt_isJudgedAsIfInTime() {
    int transaction = lost();
    world.restart();
    send16(readings(transaction, register(5400, 15_000)));
    send16(stop(transaction, 7200, 21_000));
    assertThat(only().remarks()).contains("its stop came late");
    assertThat(world.check(new MissingEventsTest.Asked(), Duration.ofHours(1))).isPositive();
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().energyMwh()).isEqualTo(20_000_000);
    assertThat(only().totalMinor()).isEqualTo(2050);
    assertThat(world.bills()).containsEntry(only().id(), 1).hasSize(1);
    send16(stop(transaction, 7200, 21_000));
    assertThat(only().totalMinor()).isEqualTo(2050);
  }

  @Test
  void lateStop_afterAPersonDecided_changesNothing() {
    int transaction = lost();
    assertThat(resolve(Rule.Decision.MEASURED, null, null))
        .isEqualTo(new Reviews.Result.Resolved(Optional.of(new Money("CNY", 1050))));
    send16(stop(transaction, 7200, 21_000));
    world.check(new MissingEventsTest.Asked(), Duration.ofHours(1));
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().totalMinor()).isEqualTo(1050);
    assertThat(only().remarks()).contains("another stop came");
    assertThat(world.bills()).containsEntry(only().id(), 1);
  }

  @Test
  void measured_isBilledByTheLastRegister_withWhatWasSaid() {
    lost();
    world.restart();
    resolve(Rule.Decision.MEASURED, null, null);
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().totalMinor()).isEqualTo(1050);
    assertThat(only().remarks()).contains("its stop was lost").contains("by a person: measured");
    assertThat(world.bills()).containsEntry(only().id(), 1);
    assertThat(world.memory().resolutions()).hasSize(1);
    assertThat(world.memory().resolutions().getFirst().how().actor()).isEqualTo("user:a@b");
    assertThat(resolve(Rule.Decision.WAIVED, null, null))
        .isEqualTo(new Reviews.Result.Refused("it is not in review"));
  }

  @Test
  void unknownEnergy_cannotBeBilledAsMeasured_butByARegister() {
    SessionReply.Started started = started(start("TAG1", 0, 5_000));
    later(3700);
    send16(stop(started.transactionId(), 3600, 200));
    assertThat(only().state()).isEqualTo("review");
    assertThat(resolve(Rule.Decision.MEASURED, null, null))
        .isEqualTo(new Reviews.Result.Refused("its energy is not known"));
    assertThat(resolve(Rule.Decision.CORRECTED, null, Energy.ofWh(10)))
        .isInstanceOf(Reviews.Result.Refused.class);
    assertThat(resolve(Rule.Decision.CORRECTED, null, Energy.ofWh(9_000)))
        .isEqualTo(new Reviews.Result.Resolved(Optional.of(new Money("CNY", 450))));
    assertThat(only().energyMwh()).isEqualTo(4_000_000);
  }

  @Test
  void corrected_keepsTheParking() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0));
    later(8000);
    answered(event(EventType.UPDATED, "T", 1, 3600).state("SuspendedEV").wh(910_000));
    answered(event(EventType.ENDED, "T", 2, 7200).wh(910_000));
    assertThat(only().remarks()).contains("register jumped");
    assertThat(resolve(Rule.Decision.CORRECTED, null, Energy.ofWh(910)))
        .isEqualTo(new Reviews.Result.Resolved(Optional.of(new Money("CNY", 741))));
  }

  @Test
  void waived_isBilledAsNothing() {
    lost();
    assertThat(resolve(Rule.Decision.WAIVED, null, null))
        .isEqualTo(new Reviews.Result.Resolved(Optional.of(Money.zero("CNY"))));
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().energyMwh()).isEqualTo(10_000_000);
    assertThat(world.bills()).containsEntry(only().id(), 1);
  }

  @Test
  void energyWithoutAuthorization_canBeBilled_atTheTariffOfItsStart() {
    SessionReply.Started started = started(start("BAD", 0, 0));
    later(3700);
    send16(stop(started.transactionId(), 3600, 2_000));
    assertThat(only().remarks()).contains("energy without authorization");
    assertThat(resolve(Rule.Decision.MEASURED, null, null))
        .isEqualTo(new Reviews.Result.Resolved(Optional.of(new Money("CNY", 250))));
  }

  @Test
  void runningSession_isNotInReview() {
    started(start("TAG1", 0, 0));
    assertThat(resolve(Rule.Decision.MEASURED, null, null))
        .isEqualTo(new Reviews.Result.Refused("it is not in review"));
  }

  @Test
  void runningCost_isTheBillOfThisMoment() {
    SessionReply.Started started = started(start("TAG1", 0, 0));
    later(1800);
    send16(readings(started.transactionId(), register(1800, 5_000)));
    SessionReply.Ruled now = rule(new Rule.Cost());
    assertThat(now.cost()).contains(new Money("CNY", 550));
    send16(stop(started.transactionId(), 1800, 5_000));
    assertThat(only().totalMinor()).isEqualTo(550);
    assertThat(rule(new Rule.Cost()).cost()).contains(new Money("CNY", 550));
  }

  @Test
  void databaseAway_isTold_andNothingIsPutAside() {
    lost();
    trouble.away = true;
    assertThat(resolve(Rule.Decision.MEASURED, null, null))
        .isInstanceOf(Reviews.Result.Unavailable.class);
    trouble.away = false;
    assertThat(world.quarantined()).isZero();
    assertThat(only().state()).isEqualTo("review");
  }
}
