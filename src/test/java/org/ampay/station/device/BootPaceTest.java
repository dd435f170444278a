package org.ampay.station.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.ampay.base.TestTime;
import org.ampay.station.Registration;
import org.junit.jupiter.api.Test;

class BootPaceTest {

  private final TestTime time = TestTime.monday();

  @Test
  void inQuietTimes_theConfiguredIntervalHolds() {
    BootPace pace = new BootPace(time, () -> 0.99);
    for (int i = 0; i < BootPace.STORM; i++) {
      assertThat(pace.next(Registration.ACCEPTED, 300)).isEqualTo(300);
    }
    assertThat(pace.next(Registration.ACCEPTED, 300)).isLessThan(300);
    time.advance(Duration.ofSeconds(60));
    assertThat(pace.next(Registration.PENDING, 60)).isEqualTo(60);
  }

  @Test
  void inAStorm_heartbeatsAreSpreadOverAQuarterAndNeverLater() {
    assertThat(BootPace.interval(Registration.ACCEPTED, 300, 20_000, 0)).isEqualTo(300);
    assertThat(BootPace.interval(Registration.ACCEPTED, 300, 20_000, 0.999)).isEqualTo(226);
    assertThat(BootPace.interval(Registration.ACCEPTED, 1, 20_000, 0.999)).isEqualTo(1);
  }

  @Test
  void twentyThousandThatTryAgain_returnNoFasterThanTheyCanBeTaken() {
    BootPace pace = new BootPace(time, new Random(42)::nextDouble);
    int[] returnsAt = new int[2_000];
    for (int i = 0; i < 20_000; i++) {
      int wait = pace.next(Registration.PENDING, 60);
      if (i >= 19_000) {
        returnsAt[wait]++; // the last thousand know how great the storm is
      }
      assertThat(wait).isBetween(60, 2 * 20_000 / BootPace.RETRIES_PER_SECOND);
      if (i % 500 == 499) {
        time.advance(Duration.ofSeconds(1));
      }
    }
    int busiest = 0;
    for (int count : returnsAt) {
      busiest = Math.max(busiest, count);
    }
    // A twentieth of them: their share of 50 a second, and chance.
    assertThat(busiest).isLessThan(BootPace.RETRIES_PER_SECOND / 4);
  }

  @Test
  void nobodyWaitsLongerThanTwoHours() {
    assertThat(BootPace.interval(Registration.REJECTED, 60, 10_000_000, 0.999))
        .isLessThan(2 * BootPace.LONGEST_RETRY_SECONDS);
  }
}
