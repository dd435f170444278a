package org.ampay.billing;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ampay.charging.BillableSession;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/** Proves that a bill is what its frozen tariff makes of its session, bit by bit. */
public final class Repricing {

  private Repricing() {}

  /** What differs; empty when nothing does. */
  public static Optional<String> difference(
      Bill bill, BillableSession session, TariffSnapshot snapshot) {
    return switch (BillMaker.make(session, snapshot, bill.id(), bill.createdAt())) {
      case BillMaker.Made.Doubtful doubtful -> Optional.of(doubtful.reason());
      case BillMaker.Made.Billed again -> difference(bill, again.bill());
    };
  }

  private static Optional<String> difference(Bill stored, Bill again) {
    if (!stored.excl().equals(again.excl()) || !stored.tax().equals(again.tax())) {
      return Optional.of(
          "billed "
              + stored.excl()
              + " + "
              + stored.tax()
              + ", priced again "
              + again.excl()
              + " + "
              + again.tax());
    }
    List<Bill.Line> lines = stored.lines();
    if (lines.size() != again.lines().size()) {
      return Optional.of("has " + lines.size() + " lines, priced again " + again.lines().size());
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!same(lines.get(i), again.lines().get(i))) {
        return Optional.of("line " + (i + 1) + " is not what it is when priced again");
      }
    }
    return Optional.empty();
  }

  /** Times are stored to the millisecond, numbers without regard to trailing zeros. */
  private static boolean same(Bill.Line a, Bill.Line b) {
    return a.dimension().equals(b.dimension())
        && Objects.equals(a.element(), b.element())
        && a.from().equals(b.from().truncatedTo(ChronoUnit.MILLIS))
        && a.to().equals(b.to().truncatedTo(ChronoUnit.MILLIS))
        && a.volume().compareTo(b.volume()) == 0
        && a.unitPrice().compareTo(b.unitPrice()) == 0
        && same(a.vatPercent(), b.vatPercent())
        && a.excl().equals(b.excl())
        && a.tax().equals(b.tax())
        && Objects.equals(a.label(), b.label())
        && a.funder() == b.funder();
  }

  private static boolean same(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    return a == null ? b == null : b != null && a.compareTo(b) == 0;
  }
}
