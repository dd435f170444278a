package org.ampay.web.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.base.Money;
import org.ampay.charging.OrderLimitStore;
import org.ampay.ledger.JournalRow;
import org.ampay.ledger.LedgerStore;
import org.ampay.store.Transactor;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.SessionFilter;
import org.ampay.web.read.SessionReadStore.SessionRow;
import org.ampay.web.read.TransactionReadStore;
import org.jspecify.annotations.Nullable;

/** Sessions: list and detail with chart, bill and payments. */
public final class SessionPages {

  static final List<String> STATES = List.of("active", "finished", "review", "orphan", "rejected");
  static final List<String> SETTLEMENT_STATES =
      List.of("none", "pending", "settled", "partial", "debt", "manual", "refunded");
  private static final int PAGE = 50;
  private static final int MOST_READINGS = 10_000;
  private static final int MAX_PRICE = 2_000;

  private final Pages pages;
  private final SessionReadStore sessions;
  private final BillReadStore bills;
  private final Transactor transactor;
  private final LedgerStore ledger;
  private final TransactionReadStore transactions;

  private final WebRooms.Charging charging;

  /** What pages of sessions read. */
  record Stores(
      SessionReadStore sessions,
      BillReadStore bills,
      LedgerStore ledger,
      TransactionReadStore transactions) {}

  SessionPages(Pages pages, Stores stores, Transactor transactor, WebRooms.Charging charging) {
    this.pages = pages;
    this.sessions = stores.sessions();
    this.bills = stores.bills();
    this.ledger = stores.ledger();
    this.transactions = stores.transactions();
    this.transactor = transactor;
    this.charging = charging;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/sessions", Permission.SESSIONS_READ, this::list),
        ConsoleRoute.get("/sessions/{id}", Permission.SESSIONS_READ, this::detail),
        ConsoleRoute.get("/sessions/{id}/live", Permission.SESSIONS_READ, this::live),
        ConsoleRoute.get("/sessions/{id}/chart", Permission.SESSIONS_READ, this::chart));
  }

  /** The filter as it was typed. */
  public record Filter(
      String state, String settlement, String station, String token, String from, String to) {

    public boolean any() {
      return !(state + settlement + station + token + from + to).isEmpty();
    }
  }

  private Answer list(PageCall call) {
    Filter filter =
        new Filter(
            known(call.query("state"), STATES),
            known(call.query("settlement"), SETTLEMENT_STATES),
            call.query("station"),
            call.query("token"),
            call.query("from"),
            call.query("to"));
    List<SessionRow> rows =
        sessions.list(
            call.scope(),
            new SessionFilter(
                call.queryOrNull("state") == null ? null : filter.state(),
                call.queryOrNull("settlement") == null ? null : filter.settlement(),
                call.queryOrNull("station"),
                call.queryOrNull("token"),
                null,
                day(call, filter.from(), 0),
                day(call, filter.to(), 1)),
            call.queryLong("before", Long.MAX_VALUE),
            PAGE + 1);
    boolean more = rows.size() > PAGE;
    List<SessionRow> shown = more ? rows.subList(0, PAGE) : rows;
    Map<String, Object> model = new HashMap<>();
    model.put("sessions", shown);
    model.put("filter", filter);
    model.put("states", STATES);
    model.put("settlementStates", SETTLEMENT_STATES);
    model.put("next", more ? String.valueOf(shown.getLast().id()) : "");
    return pages.page(200, "sessions", call.ui(), model);
  }

  private static String known(String word, List<String> words) {
    return words.contains(word) ? word : "";
  }

  /** The start of a day in the operator's zone; what is no date filters nothing. */
  private static @Nullable Instant day(PageCall call, String date, int plusDays) {
    try {
      return date.isEmpty()
          ? null
          : LocalDate.parse(date)
              .plusDays(plusDays)
              .atStartOfDay(call.ui().place().zone())
              .toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private SessionRow find(PageCall call) {
    return sessions
        .find(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer detail(PageCall call) {
    return detail(call, 200, "");
  }

  /** The page of a session, with what was wrong with a form. */
  Answer detail(PageCall call, int status, String error) {
    Map<String, Object> model = model(call);
    model.put("error", error);
    return pages.page(status, "session", call.ui(), model);
  }

  /**
   * What the station and a person said besides readings.
   *
   * @param signed how many signed meter values there are
   */
  public record Said(
      List<TransactionReadStore.EventRow> events,
      int signed,
      TransactionReadStore.@Nullable ResolutionRow resolution) {}

  private Said said(SessionRow session) {
    return new Said(
        session.protocol().equals("1.6") ? List.of() : transactions.events(session),
        transactions.signed(session.id()).size(),
        transactions.resolution(session.id()).orElse(null));
  }

  /**
   * What a running session costs, and where it is to stop.
   *
   * @param cost what the bill would be now; null: it does not run, or it is not known
   */
  public record Now(@Nullable Money cost, OrderLimitStore.@Nullable Row limits) {}

  private Now now(SessionRow session) {
    return new Now(
        session.state().equals("active")
            ? charging.live().of(session.stationId(), session.id()).orElse(null)
            : null,
        charging.limits().find(session.id()).orElse(null));
  }

  private Answer live(PageCall call) {
    return pages.page(200, "part/session-body", call.ui(), model(call));
  }

  private Map<String, Object> model(PageCall call) {
    SessionRow session = find(call);
    List<BillReadStore.BillRow> all = bills.bills(session.id());
    List<BillReadStore.SettlementRow> settlements = bills.settlementsOf(session.id());
    List<BillReadStore.OperationRow> operations = new ArrayList<>();
    settlements.forEach(s -> operations.addAll(bills.operations(s.id(), s.holdId())));
    Map<String, Object> model = new HashMap<>();
    model.put("session", session);
    model.put("bills", all);
    model.put("settlements", settlements);
    model.put("operations", operations);
    model.put(
        "journals",
        call.ui().may(Permission.LEDGER_READ)
            ? journals(session.operatorId(), all, operations)
            : List.<JournalRow>of());
    model.put("price", price(session, call.ui()));
    model.put("readings", sessions.readings(session.id(), 0, 200));
    model.put("said", said(session));
    model.put("now", now(session));
    return model;
  }

  private List<JournalRow> journals(
      long operatorId,
      List<BillReadStore.BillRow> all,
      List<BillReadStore.OperationRow> operations) {
    return transactor.call(
        tx -> {
          List<JournalRow> journals = new ArrayList<>();
          all.forEach(b -> journals.addAll(ledger.about(tx, operatorId, "bill", b.id())));
          operations.forEach(
              op -> journals.addAll(ledger.about(tx, operatorId, op.kind(), op.id())));
          return journals;
        });
  }

  /** The frozen price in a line; empty when there is none. */
  private String price(SessionRow session, Ui ui) {
    Long id = session.snapshotId();
    if (id == null) {
      return "";
    }
    try {
      return sessions
          .snapshot(id)
          .map(TariffSnapshot::parse)
          .map(s -> PriceText.display(s, ui.language().locale(), session.startedAt(), MAX_PRICE))
          .orElse("");
    } catch (InvalidInputException e) {
      return "";
    }
  }

  private Answer chart(PageCall call) {
    SessionRow session = find(call);
    return Answer.json(
        200, Chart.of(session.startedAt(), sessions.readings(session.id(), 0, MOST_READINGS)));
  }
}
