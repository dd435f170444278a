package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.jspecify.annotations.Nullable;

/** Random sessions: seldom reserved before, seldom of no length, some with gaps. */
public final class RandomSession {

  private static final int DAY_MINUTES = 1440;

  private final Random random;

  public RandomSession(Random random) {
    this.random = random;
  }

  public SessionFacts facts(List<String> tariffs) {
    List<Segment> segments = new ArrayList<>();
    Instant at =
        RandomPrices.NIGHTS
            .get(random.nextInt(RandomPrices.NIGHTS.size()))
            .plus(Duration.ofMinutes(random.nextInt(DAY_MINUTES / 2)));
    if (random.nextInt(3) == 0) {
      at = at.plusNanos(random.nextInt(1_000_000_000));
    }
    if (random.nextInt(8) == 0) {
      at = reserve(segments, at);
      if (random.nextInt(4) == 0) {
        return new SessionFacts(segments);
      }
    }
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      Segment segment = segment(at, tariffs);
      segments.add(segment);
      at = segment.to().plusSeconds(random.nextInt(6) == 0 ? random.nextInt(200) : 0);
    }
    return new SessionFacts(segments);
  }

  private Instant reserve(List<Segment> segments, Instant at) {
    Instant to = at.plusSeconds(random.nextInt(3600));
    SegmentState first =
        random.nextInt(4) == 0 ? SegmentState.RESERVATION_EXPIRED : SegmentState.RESERVATION;
    segments.add(new Segment(at, to, first, BigDecimal.ZERO, null, null, null));
    if (random.nextInt(3) > 0) {
      return to;
    }
    Instant end = to.plusSeconds(random.nextInt(1800));
    segments.add(
        new Segment(to, end, SegmentState.RESERVATION_EXPIRED, BigDecimal.ZERO, null, null, null));
    return end;
  }

  private Segment segment(Instant from, List<String> tariffs) {
    boolean parking = random.nextInt(3) == 0;
    boolean energy = !parking || random.nextInt(6) == 0;
    return new Segment(
        from,
        from.plus(length()),
        parking ? SegmentState.PARKING : SegmentState.CHARGING,
        energy ? kwh() : BigDecimal.ZERO,
        random.nextInt(3) > 0 ? null : BigDecimal.valueOf(random.nextInt(400), 1),
        random.nextInt(3) > 0 ? null : BigDecimal.valueOf(random.nextInt(960), 1),
        tariff(tariffs));
  }

  private Duration length() {
    return switch (random.nextInt(12)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofSeconds(random.nextInt(120));
      case 2 -> Duration.ofNanos(random.nextLong(7_200_000_000_000L));
      case 3 -> Duration.ofMinutes(random.nextInt(2 * DAY_MINUTES));
      case 4, 5, 6 -> Duration.ofMinutes(15L * random.nextInt(24));
      default -> Duration.ofSeconds(random.nextInt(14_400));
    };
  }

  private BigDecimal kwh() {
    return switch (random.nextInt(8)) {
      case 0 -> BigDecimal.ZERO;
      case 1 -> BigDecimal.valueOf(random.nextInt(100), 3);
      case 2 -> BigDecimal.valueOf(random.nextInt(40));
      case 3 -> BigDecimal.valueOf(random.nextLong(40_000_000_000L), 9);
      default -> BigDecimal.valueOf(random.nextInt(30_000), 3);
    };
  }

  private @Nullable String tariff(List<String> tariffs) {
    return tariffs.isEmpty() || random.nextInt(3) == 0
        ? null
        : tariffs.get(random.nextInt(tariffs.size()));
  }
}
