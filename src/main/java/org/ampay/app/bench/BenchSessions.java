package org.ampay.app.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;

/** What the figures of prices are measured on: the same at every run. */
public final class BenchSessions {

  /** As many as make branches hard to guess. */
  public static final int SESSIONS = 256;

  private static final long SEED = 4;
  private static final Instant SUMMER = Instant.parse("2026-07-06T00:00:00Z");
  private static final Duration LENGTH = Duration.ofHours(2);
  private static final String[] TIERS = {"VALLEY", "FLAT", "PEAK", "SHARP", "DEEP_VALLEY"};
  private static final String[] ENERGY = {"0.31", "0.66", "1.02", "1.24", "0.19"};

  private BenchSessions() {}

  /** 48 half hours, each of another tier than the next, with electricity and service by tier. */
  public static TariffSnapshot calendarTariff() {
    StringBuilder elements = new StringBuilder();
    for (int i = 0; i < TIERS.length; i++) {
      elements.append(
          """
          {"price_components":[{"type":"ENERGY","price":%s,"vat":13,"step_size":1},
            {"type":"SERVICE","price":0.%d,"vat":6,"step_size":1}],
           "restrictions":{"calendar_tiers":["%s"]}},
          """
              .formatted(ENERGY[i], 40 + i, TIERS[i]));
    }
    return snapshot(
        """
        {"currency":"CNY","tax_included":"YES","elements":[%s
          {"price_components":[{"type":"FLAT","price":0.50,"vat":6,"step_size":1}]}],
         "calendar":{"name":"bench","seasons":[
           {"name":"summer","from":"06-01","to":"09-30","days":[
             {"day_of_week":["SATURDAY","SUNDAY"],"slots":%s},{"slots":%s}]},
           {"name":"else","days":[{"slots":%s}]}],
          "holidays":[{"date":"2026-10-01","slots":%s}]},
         "occupancy":{"price":6.00,"vat":6,"step_size":60,"grace_seconds":900,"max_price":30.00}}
        """
            .formatted(elements, slots(1), slots(0), slots(2), slots(3)));
  }

  /** One price a kWh, the least that a price can be. */
  public static TariffSnapshot flatTariff() {
    return snapshot(
        """
        {"currency":"CNY","tax_included":"YES","elements":[
          {"price_components":[{"type":"ENERGY","price":1.02,"vat":13,"step_size":1}]}]}
        """);
  }

  /**
   * Sessions of two hours, the last twelfth of it parking.
   *
   * @param readings of the meter, evenly
   */
  public static List<SessionFacts> sessions(int readings) {
    Random random = new Random(SEED);
    List<SessionFacts> sessions = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      sessions.add(session(random, readings));
    }
    return sessions;
  }

  private static SessionFacts session(Random random, int readings) {
    Duration each = LENGTH.dividedBy(readings);
    Instant at = SUMMER.plusSeconds(random.nextInt(30 * 86_400));
    int charging = readings - readings / 12;
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < readings; i++) {
      Instant to = at.plus(each);
      boolean parking = i >= charging;
      long wh = parking ? 0 : (55 + random.nextInt(10)) * each.toSeconds() / 4;
      segments.add(
          new Segment(
              at,
              to,
              parking ? SegmentState.PARKING : SegmentState.CHARGING,
              BigDecimal.valueOf(wh, 3),
              null,
              null,
              null));
      at = to;
    }
    return new SessionFacts(segments);
  }

  private static TariffSnapshot snapshot(String json) {
    Tariff tariff = TariffJson.read(TariffJson.readTree(json));
    return TariffSnapshot.adHoc(List.of(tariff), ZoneId.of("Asia/Shanghai"), RoundingMode.HALF_UP);
  }

  private static String slots(int shift) {
    StringBuilder slots = new StringBuilder("[");
    for (int half = 0; half < 48; half++) {
      slots
          .append(half == 0 ? "" : ",")
          .append("{\"from\":\"")
          .append(LocalTime.MIDNIGHT.plusMinutes(30L * half))
          .append("\",\"tier\":\"")
          .append(TIERS[(half + shift) % TIERS.length])
          .append("\"}");
    }
    return slots.append(']').toString();
  }
}
