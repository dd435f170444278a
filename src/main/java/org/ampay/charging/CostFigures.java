package org.ampay.charging;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.CostMessage.Prices;
import org.ampay.charging.CostMessage.Trigger;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.Occupancy;
import org.ampay.tariff.PriceNow;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TaxIncluded;
import org.jspecify.annotations.Nullable;

/** The figures of {@link CostMessage}, from a session and the prices that apply to it. */
final class CostFigures {

  private static final int MINUTE = 60;

  private CostFigures() {}

  static PriceNow.Standing standing(Glance glance, Instant now) {
    Duration elapsed = Duration.between(glance.pricedFrom(), now);
    return new PriceNow.Standing(
        glance.delivered().toKwh(), elapsed.isNegative() ? Duration.ZERO : elapsed, null);
  }

  /** Whether the station sent a reading because it was asked to, at once or by a trigger. */
  static boolean triggered(Glance glance, @Nullable Trigger trigger) {
    for (MeterReading reading : glance.readings()) {
      String context = reading.context();
      if (context != null && (context.equals("Trigger") || context.equals("Other"))) {
        return true;
      }
      if (trigger != null && trigger.at() != null && !reading.at().isBefore(trigger.at())) {
        return true;
      }
    }
    return trigger != null
        && trigger.kwh() != null
        && glance.delivered().toKwh().compareTo(trigger.kwh()) >= 0;
  }

  /** When a reading is wanted: whenever another price may apply. */
  static Trigger trigger(TariffSnapshot snapshot, PriceNow price) {
    Tariff tariff = snapshot.tariffs().getFirst();
    BigDecimal power = null;
    for (TariffElement element : tariff.elements()) {
      Restrictions.Bounds bounds = element.restrictions().power();
      BigDecimal bound = bounds.min() == null ? bounds.max() : bounds.min();
      power = power == null ? bound : power;
    }
    boolean phases =
        tariff.extras().occupancy() != null || price.rate(Dimension.PARKING_TIME).isPresent();
    return new Trigger(price.until(), price.nextKwh(), power, phases);
  }

  static CostMessage.Running running(
      Glance glance, Money cost, TariffSnapshot snapshot, PriceNow price, Instant now) {
    Instant until = price.until();
    PriceNow then = until == null ? null : PriceNow.at(snapshot, until, standing(glance, until));
    return new CostMessage.Running(
        glance.transactionId(),
        now,
        glance.register().orElse(Energy.ZERO),
        cost,
        glance.charging(),
        prices(snapshot, price),
        until == null || then == null ? null : new CostMessage.Next(until, prices(snapshot, then)),
        trigger(snapshot, price));
  }

  private static Prices prices(TariffSnapshot snapshot, PriceNow price) {
    Tariff tariff = snapshot.tariffs().getFirst();
    Occupancy occupancy = tariff.extras().occupancy();
    BigDecimal idle = price.gross(Dimension.PARKING_TIME);
    if (occupancy != null) {
      idle = idle.add(gross(tariff, occupancy));
    }
    return new Prices(
        asked(price.perKwh()),
        asked(price.gross(Dimension.TIME)),
        asked(price.gross(Dimension.FLAT)),
        asked(idle),
        occupancy == null ? 0 : occupancy.graceSeconds() / MINUTE);
  }

  private static BigDecimal gross(Tariff tariff, Occupancy occupancy) {
    BigDecimal vat = occupancy.vat();
    return tariff.taxIncluded() == TaxIncluded.YES || vat == null
        ? occupancy.price()
        : occupancy.price().add(occupancy.price().multiply(vat).movePointLeft(2));
  }

  private static @Nullable BigDecimal asked(BigDecimal price) {
    return price.signum() == 0 ? null : price;
  }

  /** What a session came to, in a line: {@code 3.50 CNY: 3.000 kWh, 12 min}. */
  static List<PriceMessage> summary(
      Glance glance, Money total, TariffSnapshot tariff, Display display, @Nullable String driver) {
    long minutes =
        Optional.of(Duration.between(glance.begunAt(), glance.endedAt().orElse(glance.now())))
            .map(Duration::toMinutes)
            .orElse(0L);
    String kwh = glance.delivered().toKwh().setScale(3, RoundingMode.HALF_UP).toPlainString();
    String amount = total.toDecimal().toPlainString();
    List<PriceMessage> texts = new ArrayList<>();
    for (Locale language : DriverTexts.languages(tariff, display, driver)) {
      String text =
          language.getLanguage().equals("zh")
              ? "合计 %s %s：%s 度，%s 分钟"
                  .formatted(
                      amount, total.currency().equals("CNY") ? "元" : total.currency(), kwh, minutes)
              : "Total %s %s: %s kWh, %s min".formatted(amount, total.currency(), kwh, minutes);
      texts.add(
          new PriceMessage(
              language.getLanguage().equals("zh") ? "zh" : "en",
              text.substring(0, Math.min(text.length(), display.maxChars()))));
    }
    return texts;
  }
}
