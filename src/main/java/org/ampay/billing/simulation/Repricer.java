package org.ampay.billing.simulation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.FactsReader;
import org.ampay.tariff.HourlyPrice;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Prices past sessions with their own tariff and with another one, and adds both up. Pure but for
 * the look-up of frozen snapshots. For one thread.
 *
 * <p>The other tariff is priced in the time zone and with the rounding of the session's own
 * snapshot, and whatever its validity says: the question is what it would have cost.
 */
final class Repricer {

  /** Frozen snapshots with their readers; a month has few of them, and each is large. */
  private static final int KEPT = 500;

  private final Tariff tariff;
  private final Basis basis;
  private final long onlyTariff;
  private final LongFunction<TariffSnapshot> snapshots;
  private final Cache<Long, Pair> pairs = Caffeine.newBuilder().maximumSize(KEPT).build();
  private final Map<Frame, TariffSnapshot> others = new HashMap<>();

  /** What a session takes from its own snapshot when it is priced with another tariff. */
  private record Frame(ZoneId zone, RoundingMode rounding) {}

  /** Both sides, and what reads the facts for them. */
  private record Pair(TariffSnapshot before, TariffSnapshot after, FactsReader reader) {}

  /**
   * @param onlyTariff sessions of other stored tariffs are passed over; 0: none is
   * @param snapshots by id; throws {@link IllegalArgumentException} for what cannot be read
   */
  Repricer(Tariff tariff, Basis basis, long onlyTariff, LongFunction<TariffSnapshot> snapshots) {
    this.tariff = tariff;
    this.basis = basis;
    this.onlyTariff = onlyTariff;
    this.snapshots = snapshots;
  }

  /** Adds a session to the tally, or the reason why it is left out. */
  void price(PastSession session, Tally tally) {
    Skip reason = hurdle(session);
    Long snapshotId = session.snapshotId();
    String facts = session.facts();
    if (reason != null || snapshotId == null || facts == null) {
      tally.skip(reason == null ? Skip.NOT_PRICED : reason);
      return;
    }
    try {
      Pair pair = pairs.get(snapshotId, this::pair);
      if (onlyTariff != 0 && pair.before().tariffId() != onlyTariff) {
        tally.outside(1);
      } else {
        add(session, pair, pair.reader().read(facts), tally);
      }
    } catch (IllegalArgumentException e) {
      tally.skip(Skip.UNREADABLE);
    }
  }

  private @Nullable Skip hurdle(PastSession session) {
    return switch (session.state()) {
      case "active" -> Skip.ACTIVE;
      case "review" -> Skip.REVIEW;
      default -> {
        if (session.snapshotId() == null || session.facts() == null) {
          yield Skip.NOT_PRICED;
        }
        if (!tariff.currency().equals(session.currency())) {
          yield Skip.CURRENCY;
        }
        yield basis == Basis.BILLED && session.billedIncl() == null ? Skip.NOT_BILLED : null;
      }
    };
  }

  private Pair pair(Long snapshotId) {
    TariffSnapshot frozen = snapshots.apply(snapshotId);
    TariffSnapshot before = basis == Basis.LIST ? frozen.withTerms(DriverTerms.NONE) : frozen;
    TariffSnapshot after =
        others.computeIfAbsent(
            new Frame(frozen.zone(), frozen.rounding()),
            frame -> TariffSnapshot.of(0, 0, tariff, frame.zone(), frame.rounding()));
    return new Pair(before, after, FactsReader.of(before, after));
  }

  private void add(PastSession session, Pair pair, SessionFacts facts, Tally tally) {
    HourlyPrice before = HourlyPrice.of(pair.before(), facts);
    HourlyPrice after = HourlyPrice.of(pair.after(), ofOneTariff(facts));
    long beforeIncl = before.total().minor();
    long beforeExcl = before.totalExcl().minor();
    if (basis == Basis.BILLED && session.billedIncl() != null && session.billedExcl() != null) {
      beforeIncl = session.billedIncl();
      beforeExcl = session.billedExcl();
    }
    long afterIncl = after.total().minor();
    int first = before.firstHour();
    for (int hour = 0; hour < HourlyPrice.HOURS; hour++) {
      // What a person corrected on a bill belongs to no hour: it counts in the first.
      boolean isFirst = hour == first;
      long inclHere = before.inclIn(hour) + (isFirst ? beforeIncl - before.total().minor() : 0);
      long exclHere = before.exclIn(hour) + (isFirst ? beforeExcl - before.totalExcl().minor() : 0);
      Sums sums =
          new Sums(
              isFirst ? 1 : 0,
              isFirst && afterIncl > beforeIncl ? 1 : 0,
              isFirst && afterIncl < beforeIncl ? 1 : 0,
              isFirst && session.energyMwh() != null ? session.energyMwh() : 0,
              exclHere,
              inclHere,
              after.exclIn(hour),
              after.inclIn(hour));
      if (isFirst || !sums.equals(Sums.ZERO)) {
        tally.add(session.siteId(), hour, sums);
      }
    }
    tally.taxUnknown(before.taxKnown() && after.taxKnown() ? 0 : 1);
    tally.rise(new Rise(session.id(), beforeIncl, afterIncl));
  }

  /** Facts may name the tariffs of their own snapshot; the other side is one tariff. */
  private static SessionFacts ofOneTariff(SessionFacts facts) {
    return facts.segments().stream().allMatch(segment -> segment.tariffId() == null)
        ? facts
        : new SessionFacts(
            facts.segments().stream()
                .map(
                    s ->
                        new org.ampay.tariff.Segment(
                            s.from(), s.to(), s.state(), s.kwh(), s.powerKw(), s.currentA(), null))
                .toList());
  }
}
