package org.ampay.web.driver;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.ampay.base.Money;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.web.console.Ui;
import org.ampay.web.driver.OrderView.Row;
import org.ampay.web.driver.OrderView.Sheet;
import org.ampay.web.read.BillReadStore.BillRow;
import org.ampay.web.read.BillReadStore.LineRow;
import org.jspecify.annotations.Nullable;

/** The end of an order in figures: the bill, its taxes, what was taken and what was given back. */
final class OrderSheet {

  private final Ui ui;
  private final OrderFacts facts;
  private final PaymentOrder order;

  OrderSheet(Ui ui, OrderFacts facts) {
    this.ui = ui;
    this.facts = facts;
    this.order = facts.order();
  }

  /** Null while there is nothing to tell. */
  @Nullable Sheet sheet() {
    if (order.state() != PaymentOrder.State.CLOSED || order.total() == null) {
      return null;
    }
    List<Row> bill = new ArrayList<>();
    facts
        .session()
        .ifPresent(
            session -> {
              bill.add(row("pay.energy", ui.kwh(session.energy()) + " kWh"));
              bill.add(row("pay.time", ui.duration(session.startedAt(), session.stoppedAt())));
            });
    facts.bills().forEach(row -> bill(row, bill));
    return new Sheet(bill, money());
  }

  private void bill(BillRow row, List<Row> rows) {
    if (row.kind().equals("credit")) {
      rows.add(new Row(ui.t("bill.credit"), "", ui.money(row.total()), true));
      return;
    }
    row.lines().forEach(line -> rows.add(line(line)));
    if (!row.tax().isZero()) {
      rows.add(row("bill.excl", ui.money(row.excl())));
      taxes(row).forEach((rate, tax) -> rows.add(tax(rate, tax)));
    }
    rows.add(new Row(ui.t("bill.total"), "", ui.money(row.total()), true));
  }

  private Row line(LineRow line) {
    String what = ui.word("dimension", line.dimension());
    String how =
        ui.number(line.volume(), 0)
            + " "
            + ui.word("unit", line.dimension())
            + " × "
            + ui.number(line.unitPrice(), 2);
    String label = line.label();
    return new Row(
        label == null ? what : what + " · " + label,
        line.unitPrice().signum() == 0 ? "" : how,
        ui.money(line.excl()),
        false);
  }

  /** What each rate makes of the tax. */
  private static Map<BigDecimal, Money> taxes(BillRow bill) {
    Map<BigDecimal, Money> taxes = new TreeMap<>();
    for (LineRow line : bill.lines()) {
      BigDecimal rate = Objects.requireNonNullElse(line.vatRate(), BigDecimal.ZERO);
      taxes.merge(rate.stripTrailingZeros(), line.tax(), Money::plus);
    }
    taxes.values().removeIf(Money::isZero);
    return taxes;
  }

  private Row tax(BigDecimal rate, Money tax) {
    return new Row(ui.t("pay.tax", ui.number(rate, 0)), "", ui.money(tax), false);
  }

  private List<Row> money() {
    Money total = Objects.requireNonNull(order.total());
    Money taken = taken().orElse(total);
    List<Row> rows = new ArrayList<>();
    String name = WayView.provider(ui, order.via().provider(), order.via().provider());
    rows.add(
        new Row(ui.t("pay.money." + order.flow().code(), name), "", ui.money(order.held()), false));
    rows.add(new Row(ui.t("pay.money.taken"), "", ui.money(taken), true));
    Money returned = order.returned();
    if (returned != null && returned.isPositive()) {
      rows.add(new Row(ui.t("pay.money.back"), when(ui, order), ui.money(returned), true));
    }
    if (total.compareTo(taken) > 0) {
      rows.add(new Row(ui.t("pay.money.open"), "", ui.money(total.minus(taken)), true));
    }
    return rows;
  }

  /** What the payer is without: what was held, less what came back. */
  private Optional<Money> taken() {
    Money returned = order.returned();
    return returned == null ? Optional.empty() : Optional.of(order.held().minus(returned));
  }

  /** When the payer sees what came back. */
  static String when(Ui ui, PaymentOrder order) {
    String flow = "pay.when." + order.flow().code();
    return ui.language()
        .textIfKnown(flow + "_" + order.via().provider())
        .orElseGet(() -> ui.t(flow));
  }

  private Row row(String key, String value) {
    return new Row(ui.t(key), "", value, false);
  }
}
