package org.ampay.charging;

import static org.ampay.charging.Commands.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.base.Money;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.station.StationInfo;
import org.junit.jupiter.api.Test;

/** Events that are late, lost or out of order, and what the station says of them. */
class MissingEventsTest extends CoreCase {

  private static final Duration LIMIT = Duration.ofHours(6);

  private final Asked asked = new Asked();

  /** A station that says what the test wants. */
  static final class Asked implements StationQuestions {
    final List<String> questions = new ArrayList<>();
    Standing says = new Standing.Away();

    @Override
    public CompletionStage<Standing> standing(StationInfo station, String transactionId) {
      questions.add(transactionId);
      return CompletableFuture.completedStage(says);
    }

    @Override
    public CompletionStage<Boolean> costs(StationInfo station, String transactionId, Money cost) {
      return CompletableFuture.completedStage(true);
    }
  }

  private int check() {
    return world.check(asked, LIMIT);
  }

  /** Events 0, 1 and 4: 2 and 3 are missing. */
  private void endWithAHole() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0));
    later(1800);
    answered(event(EventType.UPDATED, "T", 1, 900).state("Charging").wh(2_500));
    later(3700);
    SessionReply.EventAnswered ended = answered(event(EventType.ENDED, "T", 4, 3600).wh(10_000));
    assertThat(ended.totalCost()).isEmpty();
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).isEqualTo("events have not come: 2-3");
    assertThat(world.bills()).isEmpty();
  }

  @Test
  void lateEvents_fillTheHole_andTheSessionIsBilledOnce() {
    endWithAHole();
    asked.says = new StationQuestions.Standing.Told(Optional.of(false), true);
    assertThat(check()).isOne();
    assertThat(asked.questions).containsExactly("T");
    assertThat(only().state()).isEqualTo("review");
    answered(event(EventType.UPDATED, "T", 3, 2700).state("Charging").wh(7_500));
    check();
    assertThat(only().remarks()).isEqualTo("events have not come: 2-3");
    answered(event(EventType.UPDATED, "T", 2, 1800).state("Charging").wh(5_000));
    world.restart();
    check();
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().energyMwh()).isEqualTo(10_000_000);
    assertThat(only().totalMinor()).isEqualTo(1050);
    assertThat(only().remarks()).isEmpty();
    check();
    assertThat(check()).isZero();
    assertThat(world.bills()).containsEntry(only().id(), 1);
    assertThat(asked.questions).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void lateEvents_areJudgedInTheOrderInWhichTheyHappened() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0));
    later(7300);
    // The EV parks from 3600 on: at 6.00 an hour that is dear, and the event that says so is late.
    answered(event(EventType.ENDED, "T", 2, 7200).wh(10_000));
    answered(event(EventType.UPDATED, "T", 1, 3600).state("SuspendedEV").wh(10_000));
    check();
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().totalMinor()).isEqualTo(1650);
  }

  @Test
  void stationThatHasNothingMore_isBilledByItsRegisters() {
    endWithAHole();
    asked.says = new StationQuestions.Standing.Told(Optional.of(false), false);
    check();
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().totalMinor()).isEqualTo(1050);
    assertThat(only().remarks()).contains("events 2-3 are lost");
    check();
    assertThat(check()).isZero();
    assertThat(world.bills()).containsEntry(only().id(), 1);
    answered(event(EventType.UPDATED, "T", 2, 1800).state("Charging").wh(5_000));
    assertThat(check()).isZero();
    assertThat(only().totalMinor()).isEqualTo(1050);
  }

  @Test
  void stationThatIsAway_isWaitedFor_thenAPersonDecides() {
    endWithAHole();
    check();
    check();
    assertThat(asked.questions).hasSize(2);
    assertThat(only().remarks()).isEqualTo("events have not come: 2-3");
    later(3700 + LIMIT.toSeconds() + 1);
    check();
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).contains("did not come in time");
    check();
    assertThat(check()).isZero();
    answered(event(EventType.UPDATED, "T", 2, 1800).wh(5_000));
    answered(event(EventType.UPDATED, "T", 3, 2700).wh(7_500));
    check();
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().totalMinor()).isEqualTo(1050);
  }

  @Test
  void stationThatCannotTell_leavesItToAPerson() {
    endWithAHole();
    asked.says = new StationQuestions.Standing.CannotTell("NotImplemented");
    check();
    check();
    assertThat(check()).isZero();
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).contains("cannot tell");
  }

  @Test
  void holeInARunningSession_isShown_andGoesWhenItIsFilled() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0));
    later(1000);
    answered(event(EventType.UPDATED, "T", 2, 900).wh(2_500));
    assertThat(only().remarks()).isEqualTo("events have not come: 1");
    world.restart();
    answered(event(EventType.UPDATED, "T", 1, 450).wh(1_250));
    assertThat(only().remarks()).isEmpty();
    assertThat(check()).isOne();
    assertThat(asked.questions).isEmpty();
    later(3700);
    assertThat(answered(event(EventType.ENDED, "T", 3, 3600).wh(10_000)).totalCost())
        .contains(new Money("CNY", 1050));
  }

  @Test
  void runningSession_thatItsStationKnowsAsOver_isClosed_andALateEndIsBilled() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0));
    later(1000);
    answered(event(EventType.UPDATED, "T", 2, 900).wh(2_500));
    asked.says = new StationQuestions.Standing.Told(Optional.of(false), false);
    check();
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).contains("its stop was lost: it is over, its station says");
    later(3700);
    answered(event(EventType.UPDATED, "T", 1, 450).wh(1_250));
    answered(event(EventType.ENDED, "T", 3, 3600).wh(10_000));
    check();
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().totalMinor()).isEqualTo(1050);
    assertThat(world.bills()).hasSize(1);
  }

  @Test
  void numbersThatBeginAgain_areAccepted_andNoFactIsTakenForARepeat() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0));
    later(1000);
    answered(event(EventType.UPDATED, "T", 1, 300).wh(1_000));
    later(1001);
    // After a reset the station counts from 0 again, within the same transaction.
    answered(event(EventType.UPDATED, "T", 0, 600).wh(2_000));
    answered(event(EventType.UPDATED, "T", 1, 900).wh(3_000));
    later(1300);
    assertThat(answered(event(EventType.ENDED, "T", 2, 1200).wh(4_000)).totalCost())
        .contains(new Money("CNY", 450));
    assertThat(world.readings()).hasSize(5);
  }

  @Test
  void repeatThatIsStampedAnew_changesNoTotal() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0));
    later(700);
    answered(event(EventType.ENDED, "T", 1, 600).wh(4_000));
    answered(event(EventType.ENDED, "T", 1, 605).wh(4_000));
    assertThat(only().state()).isEqualTo("finished");
    assertThat(only().totalMinor()).isEqualTo(450);
    assertThat(world.bills()).containsEntry(only().id(), 1).hasSize(1);
  }
}
