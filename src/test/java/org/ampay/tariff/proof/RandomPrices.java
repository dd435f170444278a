package org.ampay.tariff.proof;

import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffSnapshot;

/**
 * Random tariffs and sessions from a seed, close to the corners: DST nights, midnight, the leap
 * day, thresholds, sessions of no length.
 */
public final class RandomPrices {

  private static final List<String> ZONES =
      List.of(
          "Asia/Shanghai",
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "Asia/Kathmandu",
          "UTC",
          "Pacific/Apia",
          "Asia/Pyongyang");
  private static final List<RoundingMode> ROUNDINGS =
      List.of(
          RoundingMode.HALF_UP,
          RoundingMode.HALF_UP,
          RoundingMode.HALF_EVEN,
          RoundingMode.HALF_DOWN,
          RoundingMode.UP,
          RoundingMode.DOWN,
          RoundingMode.CEILING,
          RoundingMode.FLOOR);

  /** Evenings before something happens to the clock or the date. */
  static final List<Instant> NIGHTS =
      List.of(
          Instant.parse("2025-10-25T20:00:00Z"),
          Instant.parse("2026-03-28T20:00:00Z"),
          Instant.parse("2025-11-02T02:00:00Z"),
          Instant.parse("2026-03-08T03:00:00Z"),
          Instant.parse("2025-10-04T12:00:00Z"),
          Instant.parse("2026-04-04T12:00:00Z"),
          Instant.parse("2028-02-28T12:00:00Z"),
          Instant.parse("2026-06-30T12:00:00Z"),
          Instant.parse("2025-12-31T12:00:00Z"),
          // Samoa left out a day, North Korea half an hour for good.
          Instant.parse("2011-12-29T20:00:00Z"),
          Instant.parse("2018-05-04T12:00:00Z"));

  private final Random random;
  private final RandomTariff tariffs;
  private final RandomTerms terms;
  private final RandomSession sessions;

  public RandomPrices(long seed) {
    this.random = new Random(seed);
    this.tariffs = new RandomTariff(random);
    this.terms = new RandomTerms(random);
    this.sessions = new RandomSession(random);
  }

  /** The source of all that is random, for choices of a test's own. */
  public Random random() {
    return random;
  }

  /** One tariff, seldom two; half of them with discounts. */
  public TariffSnapshot snapshot() {
    Tariff first = tariff();
    List<Tariff> all = new ArrayList<>(List.of(first));
    if (random.nextInt(12) == 0) {
      all.add(tariffs.tariff(first.currency()).withId("SECOND"));
    }
    TariffSnapshot plain = TariffSnapshot.adHoc(all, ZoneId.of(pick(ZONES)), pick(ROUNDINGS));
    return random.nextBoolean() ? plain : plain.withTerms(terms());
  }

  public DriverTerms terms() {
    return terms.terms();
  }

  public Tariff tariff() {
    return tariffs.tariff(pick(RandomTariff.CURRENCIES));
  }

  /** A session of one tariff. */
  public SessionFacts facts() {
    return sessions.facts(List.of());
  }

  /** A session that uses what the snapshot has. */
  public SessionFacts facts(TariffSnapshot snapshot) {
    return sessions.facts(
        snapshot.tariffs().stream().map(Tariff::idOrEmpty).filter(id -> !id.isEmpty()).toList());
  }

  public <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
