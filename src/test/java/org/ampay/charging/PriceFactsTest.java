package org.ampay.charging;

import static org.ampay.charging.Commands.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.ampay.base.Energy;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.junit.jupiter.api.Test;

class PriceFactsTest {

  private static PriceFacts begin() {
    return PriceFacts.begin(at(0), 100);
  }

  private static Segment segment(long from, long to, SegmentState state, long wh) {
    return Segment.of(at(from), at(to), state, Energy.ofWh(wh));
  }

  @Test
  void readings_becomeSegments() {
    SessionFacts facts =
        begin()
            .reading(at(10), Energy.ofWh(100), null)
            .reading(at(20), Energy.ofWh(50), null)
            .finish(at(30));
    assertThat(facts.segments())
        .containsExactly(
            segment(0, 10, SegmentState.CHARGING, 100),
            segment(10, 20, SegmentState.CHARGING, 50),
            segment(20, 30, SegmentState.CHARGING, 0));
  }

  @Test
  void sameFlow_isOneSegment() {
    SessionFacts facts =
        begin()
            .reading(at(10), Energy.ofWh(100), null)
            .reading(at(30), Energy.ofWh(200), null)
            .finish(at(30));
    assertThat(facts.segments()).containsExactly(segment(0, 30, SegmentState.CHARGING, 300));
  }

  @Test
  void energyBetweenRegisters_flowedWhileTheEvAsked() {
    SessionFacts facts =
        begin()
            .change(at(4), SegmentState.PARKING)
            .change(at(8), SegmentState.CHARGING)
            .reading(at(10), Energy.ofWh(60), null)
            .finish(at(10));
    assertThat(facts.segments())
        .containsExactly(
            segment(0, 4, SegmentState.CHARGING, 40),
            segment(4, 8, SegmentState.PARKING, 0),
            segment(8, 10, SegmentState.CHARGING, 20));
  }

  @Test
  void energyWhileParked_belongsToTheParking() {
    SessionFacts facts =
        begin()
            .change(at(0), SegmentState.PARKING)
            .reading(at(10), Energy.ofWh(3), null)
            .finish(at(10));
    assertThat(facts.segments()).containsExactly(segment(0, 10, SegmentState.PARKING, 3));
  }

  @Test
  void zeroDuration_keepsItsEnergy() {
    SessionFacts facts = begin().reading(at(0), Energy.ofWh(2), null).finish(at(0));
    assertThat(facts.segments()).containsExactly(segment(0, 0, SegmentState.CHARGING, 2));
  }

  @Test
  void nothing_isOneEmptySegment() {
    assertThat(begin().finish(at(0)).segments())
        .containsExactly(segment(0, 0, SegmentState.CHARGING, 0));
  }

  @Test
  void changeAfterTheReading_staysForTheNext() {
    SessionFacts facts =
        begin()
            .change(at(12), SegmentState.PARKING)
            .reading(at(10), Energy.ofWh(100), null)
            .finish(at(20));
    assertThat(facts.segments())
        .containsExactly(
            segment(0, 10, SegmentState.CHARGING, 100),
            segment(10, 12, SegmentState.CHARGING, 0),
            segment(12, 20, SegmentState.PARKING, 0));
  }

  @Test
  void earlierRegister_extendsTheBeginning() {
    SessionFacts facts =
        PriceFacts.begin(at(10), 100)
            .reading(at(20), Energy.ofWh(50), null)
            .earlier(at(0), at(10), Energy.ofWh(70))
            .finish(at(20));
    assertThat(facts.segments())
        .containsExactly(
            segment(0, 10, SegmentState.CHARGING, 70), segment(10, 20, SegmentState.CHARGING, 50));
  }

  @Test
  void manyReadings_stayBounded_andKeepTimeAndEnergy() {
    Random random = new Random(3);
    PriceFacts facts = PriceFacts.begin(at(0), 20);
    long energy = 0;
    for (int i = 1; i <= 5000; i++) {
      int delta = random.nextInt(90);
      energy += delta;
      facts = facts.reading(at(i), Energy.ofWh(delta), null);
      if (i % 700 == 0) {
        facts = facts.change(at(i), i % 1400 == 0 ? SegmentState.CHARGING : SegmentState.PARKING);
      }
      assertThat(facts.size()).isLessThanOrEqualTo(60);
    }
    List<Segment> segments = facts.finish(at(5000)).segments();
    assertThat(sum(segments)).isEqualByComparingTo(Energy.ofWh(energy).toKwh());
    assertThat(segments.getFirst().from()).isEqualTo(at(0));
    assertThat(segments.getLast().to()).isEqualTo(at(5000));
    for (int i = 1; i < segments.size(); i++) {
      assertThat(segments.get(i).from()).isEqualTo(segments.get(i - 1).to());
    }
  }

  @Test
  void toggling_withoutEnd_overflowsInsteadOfGrowing() {
    PriceFacts facts = PriceFacts.begin(at(0), 10);
    for (int i = 1; i <= 1000; i++) {
      SegmentState state = i % 2 == 0 ? SegmentState.CHARGING : SegmentState.PARKING;
      facts = facts.change(at(i), state).reading(at(i), Energy.ofWh(i % 2), null);
    }
    assertThat(facts.overflowed()).isTrue();
    assertThat(facts.size()).isLessThan(60);
  }

  private static BigDecimal sum(List<Segment> segments) {
    return segments.stream().map(Segment::kwh).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
