package org.ampay.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.ampay.charging.SessionCommand.EventType;
import org.junit.jupiter.api.Test;

class SequenceTest {

  private static Sequence of(int... numbers) {
    Sequence all = Sequence.NONE;
    for (int i = 0; i < numbers.length; i++) {
      all = all.plus(numbers[i], i == 0 ? EventType.STARTED : EventType.UPDATED);
    }
    return all;
  }

  @Test
  void neighbours_haveNoHole() {
    assertThat(of(0, 1, 2, 3).missing()).isEmpty();
    assertThat(of(0, 1, 2, 3).missingText()).isEmpty();
    assertThat(of(0, 3, 1, 2).missing()).isEmpty();
    assertThat(of(7).missing()).isEmpty();
  }

  @Test
  void holes_areShown() {
    assertThat(of(0, 3, 4, 6).missingText()).isEqualTo("1-2, 5");
    assertThat(of(0, 3, 4, 6).plus(2, EventType.UPDATED).missingText()).isEqualTo("1, 5");
  }

  @Test
  void numbersThatBeginAgain_leaveNoHole() {
    assertThat(of(5, 6, 7, 0, 1).missing()).isEmpty();
    assertThat(of(0, 1, 2, 0, 1, 2, 3).missing()).isEmpty();
  }

  @Test
  void withoutAStart_holesBetweenWhatCameAreKnown() {
    Sequence events = Sequence.NONE.plus(4, EventType.UPDATED).plus(7, EventType.ENDED);
    assertThat(events.missingText()).isEqualTo("5-6");
  }

  @Test
  void anyOrder_isTheSameAsASet() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 1; i < 40; i++) {
        if (random.nextInt(4) > 0) {
          numbers.add(i);
        }
      }
      Collections.shuffle(numbers, random);
      Sequence events = Sequence.NONE.plus(0, EventType.STARTED);
      for (int number : numbers) {
        events = events.plus(number, EventType.UPDATED);
      }
      TreeSet<Integer> holes = new TreeSet<>();
      events
          .missing()
          .forEach(
              r -> {
                for (int n = r.from(); n <= r.to(); n++) {
                  holes.add(n);
                }
              });
      TreeSet<Integer> expected = new TreeSet<>();
      int last = numbers.isEmpty() ? 0 : Collections.max(numbers);
      for (int n = 1; n < last; n++) {
        if (!numbers.contains(n)) {
          expected.add(n);
        }
      }
      assertThat(holes).isEqualTo(expected);
    }
  }

  @Test
  void randomNumbers_doNotFillTheMemory() {
    Sequence events = Sequence.NONE;
    for (int i = 0; i < 1000; i++) {
      events = events.plus(i * 2, EventType.UPDATED);
    }
    assertThat(events.runs()).hasSizeLessThan(100);
    assertThat(events.missingText()).hasSizeLessThan(100);
  }
}
