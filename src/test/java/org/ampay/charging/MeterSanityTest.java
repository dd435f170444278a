package org.ampay.charging;

import static org.ampay.charging.Commands.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.charging.MeterSanity.Judgement;
import org.junit.jupiter.api.Test;

class MeterSanityTest {

  private static final int POWER_W = 60_000;

  private static Judgement judge(MeterTrack track, long seconds, long wh) {
    return MeterSanity.judge(track, at(seconds), Energy.ofWh(wh), POWER_W);
  }

  private static MeterTrack from(long wh) {
    return MeterTrack.begin(at(0), Energy.ofWh(wh));
  }

  @Test
  void firstRegister_isTheBaseline() {
    Judgement first = judge(MeterTrack.NONE, 5, 1500);
    assertThat(first.doubts()).isEmpty();
    assertThat(first.track().first()).isEqualTo(Energy.ofWh(1500));
    assertThat(first.track().delivered()).isEqualTo(Energy.ZERO);
  }

  @Test
  void rise_withinThePower_isDelivered() {
    Judgement next = judge(from(1500), 60, 2500);
    assertThat(next.doubts()).isEmpty();
    assertThat(next.track().delivered()).isEqualTo(Energy.ofWh(1000));
  }

  @Test
  void rise_aboveThePower_isAJump() {
    Judgement next = judge(from(1503), 60, 911_503);
    assertThat(next.doubts()).singleElement().asString().startsWith("register jumped by 910000 Wh");
  }

  @Test
  void baselineZero_thenTheRealRegister_isAJump() {
    assertThat(judge(from(0), 600, 910_083).doubts()).isNotEmpty();
  }

  @Test
  void manySmallJumps_addUpToADoubt() {
    MeterTrack track = from(1);
    List<String> doubts = List.of();
    for (int second = 1; second < 600 && doubts.isEmpty(); second++) {
      Judgement next = MeterSanity.judge(track, at(second), Energy.ofWh(1 + 45L * second), POWER_W);
      track = next.track();
      doubts = next.doubts();
    }
    assertThat(doubts).containsExactly("more energy than the connector can deliver");
  }

  @Test
  void fall_startsAnEpoch() {
    Judgement fallen = judge(from(5000), 60, 10);
    assertThat(fallen.doubts()).singleElement().asString().startsWith("register fell from 5000 Wh");
    assertThat(fallen.track().epochs()).isEqualTo(2);
    Judgement next = judge(fallen.track(), 120, 510);
    assertThat(next.doubts()).isEmpty();
    assertThat(next.track().delivered()).isEqualTo(Energy.ofWh(500));
  }

  @Test
  void fallOfAFraction_isRounding() {
    MeterTrack track = MeterTrack.begin(at(0), new Energy(1_500_700));
    Judgement next = MeterSanity.judge(track, at(60), Energy.ofWh(1500), POWER_W);
    assertThat(next.doubts()).isEmpty();
    assertThat(next.track().epochs()).isEqualTo(1);
  }

  @Test
  void kilowattHoursAmongWattHours_areNamed() {
    assertThat(judge(from(1_500_000), 60, 1500).doubts())
        .singleElement()
        .asString()
        .contains("mixed up");
  }

  @Test
  void lateReading_thatFits_changesNothing() {
    MeterTrack track = judge(from(1000), 120, 2000).track();
    Judgement late = judge(track, 60, 1400);
    assertThat(late).isInstanceOf(Judgement.Ignored.class);
    assertThat(late.doubts()).isEmpty();
  }

  @Test
  void lateReading_aboveALaterOne_isDoubted() {
    MeterTrack track = judge(from(1000), 120, 2000).track();
    assertThat(judge(track, 60, 2400).doubts()).isNotEmpty();
  }

  @Test
  void readingBeforeTheFirst_addsWhatFlowedBetween() {
    MeterTrack track = judge(from(1000), 120, 2000).track();
    Judgement earlier = judge(track, -60, 900);
    assertThat(earlier).isInstanceOf(Judgement.Earlier.class);
    assertThat(earlier.track().delivered()).isEqualTo(Energy.ofWh(1100));
  }

  @Test
  void sessionOfMilliseconds_withLittleEnergy_isFine() {
    Instant start = at(0);
    MeterTrack track = MeterTrack.begin(start, Energy.ofWh(1_000_001));
    Judgement next = MeterSanity.judge(track, start, Energy.ofWh(1_000_002), 400_000);
    assertThat(next.doubts()).isEmpty();
    Judgement later =
        MeterSanity.judge(
            next.track(), start.plus(Duration.ofMillis(3)), Energy.ofWh(1_000_003), 400_000);
    assertThat(later.doubts()).isEmpty();
  }

  @Test
  void registerInWholeKilowattHours_mayStep() {
    MeterTrack track = MeterTrack.begin(at(0), Energy.ofWh(12_000));
    assertThat(MeterSanity.judge(track, at(10), Energy.ofWh(13_000), 7_000).doubts()).isEmpty();
  }

  @Test
  void senselessTimes_doNotOverflow() {
    MeterTrack track = MeterTrack.begin(Instant.EPOCH, Energy.ZERO);
    Instant far = Instant.parse("9999-01-01T00:00:00Z");
    assertThat(MeterSanity.judge(track, far, Energy.ofWh(5), 0).doubts()).isEmpty();
  }

  @Test
  void future_isDoubtedPastFiveMinutes() {
    assertThat(MeterSanity.clock(at(299), at(0))).isEmpty();
    assertThat(MeterSanity.clock(at(301), at(0))).isNotEmpty();
  }

  @Test
  void negativeRegister_isDoubted() {
    assertThat(judge(MeterTrack.NONE, 0, -1).doubts()).isNotEmpty();
  }
}
