package org.ampay.web.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ampay.base.Money;
import org.ampay.tariff.BillLine;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffWarnings;
import org.jspecify.annotations.Nullable;

/**
 * What a tariff reads like, what is doubtful in it, and what a session would cost.
 *
 * @param error empty unless something is wrong; then all the others are
 * @param total of the trial session, empty when there is none
 * @param excl the total without tax
 */
public record TariffPreview(
    String chinese,
    String english,
    List<Doubt> warnings,
    String error,
    String total,
    String excl,
    List<Line> lines) {

  static final TariffPreview NONE = wrong("");

  private static final int SECONDS = 60;

  /** A session that nobody has made. */
  record Trial(Instant from, BigDecimal kwh, BigDecimal minutes, BigDecimal parking) {}

  /** What is allowed and rarely meant, in the reader's language. */
  public record Doubt(String path, String message) {}

  /** A line of the trial's bill. */
  public record Line(String what, String how, String amount) {}

  static TariffPreview wrong(String error) {
    return new TariffPreview("", "", List.of(), error, "", "", List.of());
  }

  /**
   * @param priced the tariff as a session would get it, its calendar in it
   * @param before what is in force so far; null: nothing
   */
  static TariffPreview of(Ui ui, Tariff priced, @Nullable Tariff before, @Nullable Trial trial) {
    String chinese = PriceText.display(priced, Locale.CHINESE);
    String english = PriceText.display(priced, Locale.ENGLISH);
    List<Doubt> warnings =
        TariffWarnings.of(priced, before, null).stream()
            .map(w -> new Doubt(w.path(), ui.t(w.code().key(), w.params().toArray())))
            .toList();
    if (trial == null) {
      return new TariffPreview(chinese, english, warnings, "", "", "", List.of());
    }
    try {
      Price price =
          Pricing.price(
              TariffSnapshot.of(0, 0, priced, ui.place().zone(), RoundingMode.HALF_UP),
              facts(trial));
      return new TariffPreview(
          chinese,
          english,
          warnings,
          "",
          ui.money(price.payable()),
          price.payableExcl().filter(e -> !e.equals(price.payable())).map(ui::money).orElse(""),
          price.billLines().stream().map(line -> line(ui, line)).toList());
    } catch (InvalidInputException e) {
      return wrong(TariffComplaints.text(ui, e.reason()));
    }
  }

  private static SessionFacts facts(Trial trial) {
    Instant stopped = trial.from().plus(length(trial.minutes()));
    List<Segment> segments = new ArrayList<>();
    segments.add(
        new Segment(trial.from(), stopped, SegmentState.CHARGING, trial.kwh(), null, null, null));
    if (trial.parking().signum() > 0) {
      segments.add(
          new Segment(
              stopped,
              stopped.plus(length(trial.parking())),
              SegmentState.PARKING,
              BigDecimal.ZERO,
              null,
              null,
              null));
    }
    return new SessionFacts(segments);
  }

  private static Duration length(BigDecimal minutes) {
    return Duration.ofSeconds(minutes.multiply(BigDecimal.valueOf(SECONDS)).longValue());
  }

  private static Line line(Ui ui, BillLine line) {
    Money amount = line.total();
    String how =
        line.by() == null
            ? ""
            : ui.number(line.volume(), 0)
                + " "
                + ui.word("unit", line.dimension().name())
                + " × "
                + ui.number(line.unitPrice(), 2)
                + (line.vat() == null ? "" : " + " + ui.number(line.vat(), 0) + " %");
    return new Line(ui.word("tariff.dimension", line.dimension().name()), how, ui.money(amount));
  }
}
