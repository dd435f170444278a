package org.ampay.web.driver;

import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.web.console.Ui;
import org.ampay.web.driver.OrderView.Act;
import org.ampay.web.driver.OrderView.Asked;
import org.ampay.web.driver.OrderView.Figure;
import org.ampay.web.driver.OrderView.Told;
import org.ampay.web.driver.OrderView.Tone;
import org.ampay.web.read.SessionReadStore.SessionRow;
import org.jspecify.annotations.Nullable;

/** Puts an order into words. */
final class OrderViews {

  private static final int SHORT_CODE = 8;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final Ui ui;
  private final OrderFacts facts;
  private final PaymentOrder order;

  private OrderViews(Ui ui, OrderFacts facts) {
    this.ui = ui;
    this.facts = facts;
    this.order = facts.order();
  }

  static OrderView of(Ui ui, OrderFacts facts) {
    OrderViews views = new OrderViews(ui, facts);
    PaymentOrder order = facts.order();
    boolean over = order.state() == State.CLOSED;
    return new OrderView(
        order.code(),
        order.code().substring(0, SHORT_CODE),
        views.step(),
        views.told(),
        views.asked(),
        views.figures(),
        new OrderSheet(ui, facts).sheet(),
        views.acts(),
        over ? facts.point().map(point -> "/pay/" + point.code()).orElse("") : "",
        views.everySeconds());
  }

  private int step() {
    return switch (order.state()) {
      case WAITING -> 1;
      case PAID, STARTING -> 2;
      case CHARGING -> 3;
      case SETTLING -> 4;
      case RETURNING -> 0;
      case CLOSED -> order.total() == null ? 0 : 4;
    };
  }

  private int everySeconds() {
    return switch (order.state()) {
      case WAITING, PAID, STARTING, SETTLING, RETURNING -> 2;
      case CHARGING -> 4;
      case CLOSED -> 0;
    };
  }

  private Told told() {
    return switch (order.state()) {
      case WAITING -> waiting();
      case PAID -> stoppedOr(Tone.WAIT, "pay.s.paid");
      case STARTING -> stoppedOr(Tone.GO, "pay.s.plug");
      case CHARGING ->
          order.cancelAsked() ? told(Tone.WAIT, "pay.s.stopping") : told(Tone.GO, "pay.s.charging");
      case SETTLING -> told(Tone.WAIT, "pay.s.settling");
      case RETURNING -> returning();
      case CLOSED -> closed();
    };
  }

  private Told waiting() {
    if (order.cancelAsked()) {
      return told(Tone.WAIT, "pay.s.cancelling");
    }
    PaymentOperation.Action action = order.action();
    if (action == null) {
      return told(Tone.WAIT, "pay.s.asking");
    }
    String what = "pay.s.ask_" + order.flow().code();
    return new Told(
        Tone.WAIT,
        ui.t("pay.s.ask", ui.money(order.amount())),
        List.of(ui.t(what, ui.money(order.amount()))));
  }

  private Told stoppedOr(Tone tone, String key) {
    return order.cancelAsked() ? told(Tone.WAIT, "pay.s.cancelling") : told(tone, key);
  }

  private Told told(Tone tone, String key) {
    return new Told(tone, ui.t(key), List.of(ui.t(key + "_text", ui.money(order.held()), clock())));
  }

  private Told returning() {
    List<String> lines = new ArrayList<>(why());
    lines.add(ui.t("pay.back.coming", ui.money(order.held())));
    return new Told(Tone.BAD, headline(), lines);
  }

  private Told closed() {
    PaymentOrder.EndReason end = order.end();
    List<String> lines = new ArrayList<>();
    if (end == PaymentOrder.EndReason.SETTLED) {
      lines.add(ui.t(facts.usedUp() ? "pay.end.used_up" : "pay.end.settled_text"));
      return new Told(Tone.GOOD, ui.t("pay.end.settled"), lines);
    }
    lines.addAll(why());
    if (end != PaymentOrder.EndReason.DEBT) {
      lines.add(
          order.held().isZero()
              ? ui.t("pay.back.nothing")
              : ui.t("pay.back.done", ui.money(order.held())) + " " + OrderSheet.when(ui, order));
    }
    return new Told(Tone.BAD, headline(), lines);
  }

  /** Why it ended, and what to do. */
  private List<String> why() {
    PaymentOrder.EndReason end = order.end();
    return end == null ? List.of() : List.of(ui.t("pay.end." + end.code() + "_text"));
  }

  private String headline() {
    PaymentOrder.EndReason end = order.end();
    return end == null ? ui.t("pay.s.cancelling") : ui.t("pay.end." + end.code());
  }

  /** Minutes are enough: nothing here lasts for a day. */
  private String clock() {
    return CLOCK.format(order.expiresAt().atZone(ui.place().zone()));
  }

  private @Nullable Asked asked() {
    PaymentOperation.Action action = order.action();
    if (order.state() != State.WAITING || order.cancelAsked() || action == null) {
      return null;
    }
    String name = WayView.provider(ui, order.via().provider(), order.via().provider());
    String until = ui.t("pay.until", clock());
    return switch (action.form()) {
      case QR ->
          new Asked(
              QrCode.of(action.data()).orElse(null),
              link(action.data(), "https"),
              "",
              ui.t("pay.open", name),
              ui.t("pay.scan", name) + " " + until);
      case REDIRECT ->
          new Asked(null, link(action.data(), "http"), "", ui.t("pay.go", name), until);
      case IN_APP ->
          new Asked(
              null,
              "",
              action.data(),
              ui.t("pay.go", name),
              ui.t("pay.in_app", name) + " " + until);
    };
  }

  /** What can safely be a link of a page; else empty. */
  private static String link(String text, String scheme) {
    try {
      String given = String.valueOf(URI.create(text).getScheme());
      return given.equals("https") || given.equals(scheme) ? text : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private List<Figure> figures() {
    Optional<SessionRow> session = facts.session();
    boolean charging = order.state() == State.CHARGING || order.state() == State.SETTLING;
    if (session.isEmpty() || !charging) {
      return List.of();
    }
    SessionRow row = session.get();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            ui.t("pay.energy"),
            row.energy() == null ? "0.000 kWh" : ui.kwh(row.energy()) + " kWh",
            true));
    Money cost = facts.cost().orElse(order.total());
    if (cost != null) {
      figures.add(new Figure(ui.t("pay.cost"), ui.money(cost), true));
    }
    figures.add(new Figure(ui.t("pay.time"), minutes(row), false));
    figures.add(new Figure(ui.t("pay.limit"), ui.money(order.held()), false));
    return figures;
  }

  /** Whole minutes: a page that has not changed is not sent again. */
  private String minutes(SessionRow row) {
    String whole = ui.duration(row.startedAt(), row.stoppedAt());
    return whole.length() > 3 ? whole.substring(0, whole.length() - 3) : whole;
  }

  private List<Act> acts() {
    if (order.cancelAsked()) {
      return List.of();
    }
    return switch (order.state()) {
      case WAITING ->
          List.of(
              new Act("refresh", ui.t("pay.act.paid"), order.action() == null, false),
              new Act("cancel", ui.t("pay.act.cancel"), false, false));
      case PAID, STARTING -> List.of(new Act("cancel", ui.t("pay.act.back"), false, false));
      case CHARGING -> List.of(new Act("stop", ui.t("pay.act.stop"), true, true));
      case SETTLING, RETURNING, CLOSED -> List.of();
    };
  }
}
