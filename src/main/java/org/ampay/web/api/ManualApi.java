package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.payment.Debts;
import org.ampay.payment.ManualQueue;
import org.ampay.payment.ManualQueue.Result;
import org.ampay.payment.ManualQueue.Wish;
import org.ampay.payment.PaymentAlarm;
import org.ampay.payment.Settlement;
import org.ampay.payment.WriteOff;
import org.ampay.station.Inventory;
import org.ampay.store.Tx;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.BillReadStore.SettlementRow;
import org.jspecify.annotations.Nullable;

/** Calls for what a person decides about payments: alarms, retries, write-offs, debts. */
final class ManualApi {

  private static final long MOST_MINOR = 1_000_000_000_000L;

  private final ManualQueue queue;
  private final Debts debts;
  private final BillReadStore bills;
  private final Inventory inventory;
  private final AuditLog audit;

  ManualApi(
      ManualQueue queue, Debts debts, BillReadStore bills, Inventory inventory, AuditLog audit) {
    this.queue = queue;
    this.debts = debts;
    this.bills = bills;
    this.inventory = inventory;
    this.audit = audit;
  }

  record ManualOut(
      long id,
      long operator,
      long bill,
      long session,
      @Nullable Long driver,
      Money amount,
      Money settled,
      String state,
      @Nullable String reason,
      Instant createdAt,
      Instant updatedAt) {

    static ManualOut of(Settlement s) {
      return new ManualOut(
          s.id(),
          s.operatorId(),
          s.billId(),
          s.sessionId(),
          s.driverId(),
          s.amount(),
          new Money(s.amount().currency(), s.settledMinor()),
          s.state().code(),
          s.reason(),
          s.createdAt(),
          s.updatedAt());
    }
  }

  record AlarmOut(
      long id,
      long operator,
      @Field(
              "unknown, not_sent, pending, misconfigured, contradiction, account_gone,"
                  + " settlement_late, order_late")
          String kind,
      @Field("id of the operation, settlement or order") long ref,
      @Nullable Long settlement,
      @Nullable Long order,
      String detail,
      Instant raisedAt) {

    static AlarmOut of(PaymentAlarm alarm) {
      return new AlarmOut(
          alarm.id(),
          alarm.operatorId(),
          alarm.kind().code(),
          alarm.ref(),
          alarm.settlementId(),
          alarm.orderId(),
          alarm.detail(),
          alarm.raisedAt());
    }
  }

  record NoteIn(@Field(value = "what was done about it", maxLength = 300) @Nullable String note) {}

  record WriteOffIn(@Field(value = "why it will not be paid", maxLength = 300) String reason) {}

  record DecisionIn(@Field("approve, reject") String decision) {}

  record WriteOffOut(
      long id,
      long operator,
      long settlement,
      Money amount,
      String reason,
      @Field("proposed, approved, rejected") String state,
      String proposedBy,
      Instant proposedAt,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt) {

    static WriteOffOut of(WriteOff w) {
      return new WriteOffOut(
          w.id(),
          w.operatorId(),
          w.settlementId(),
          w.amount(),
          w.reason(),
          w.state().code(),
          w.proposer().actor(),
          w.proposedAt(),
          w.decidedBy(),
          w.decidedAt());
    }
  }

  record LimitShape(
      @Field(
              value = "a driver who owes more cannot start; minor units of the operator's currency",
              min = 0,
              max = MOST_MINOR)
          Long minor) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/manual/settlements",
                Permission.SETTLEMENTS_READ,
                "Settlements that wait for a person, newest first")
            .lists(ManualOut.class)
            .by(this::manual),
        ApiRoute.get(
                "/manual/alarms",
                Permission.SETTLEMENTS_READ,
                "Open alarms of payments, newest first")
            .lists(AlarmOut.class)
            .by(this::alarms),
        ApiRoute.post(
                "/manual/alarms/{id}/acknowledgement",
                Permission.SETTLEMENTS_REFUND,
                "Ends an alarm that a person has seen to")
            .takes(NoteIn.class)
            .answers(204, null)
            .by(this::acknowledge),
        ApiRoute.post(
                "/settlements/{id}/retry",
                Permission.SETTLEMENTS_REFUND,
                "Tries again to have a bill paid")
            .describe(
                "What the provider refused is asked about and sent again with the same reference;"
                    + " a debt is charged again.")
            .answers(202, ManualOut.class)
            .by(call -> again(call, "settlement.retry", queue::retry)),
        ApiRoute.post(
                "/settlements/{id}/query",
                Permission.SETTLEMENTS_REFUND,
                "Asks the provider now what became of what is open")
            .answers(202, ManualOut.class)
            .by(call -> again(call, "settlement.query", queue::askAgain)),
        ApiRoute.get(
                "/write-offs",
                Permission.SETTLEMENTS_READ,
                "Write-offs that wait for a second person, newest first")
            .lists(WriteOffOut.class)
            .by(this::writeOffs),
        ApiRoute.post(
                "/settlements/{id}/write-offs",
                Permission.SETTLEMENTS_REFUND,
                "Proposes that what is owed will not be paid")
            .describe("Nothing is posted until another person approves.")
            .takes(WriteOffIn.class)
            .answers(201, WriteOffOut.class)
            .by(this::propose),
        ApiRoute.post(
                "/settlements/{id}/write-offs/{proposal}/decision",
                Permission.SETTLEMENTS_REFUND,
                "Approves or rejects a write-off")
            .describe("By another person than who proposed it; a key counts as its owner.")
            .takes(DecisionIn.class)
            .answers(200, WriteOffOut.class)
            .by(this::decide),
        ApiRoute.get("/debts/limit", Permission.SETTLEMENTS_READ, "How much a driver may owe")
            .answers(200, LimitShape.class)
            .by(call -> Answer.json(200, new LimitShape(debts.limit(call.owner(null))))),
        ApiRoute.put(
                "/debts/limit", Permission.SETTLEMENTS_REFUND, "Says how much a driver may owe")
            .takes(LimitShape.class)
            .answers(200, LimitShape.class)
            .by(this::setLimit));
  }

  private Answer manual(ApiCall call) {
    List<Settlement> rows =
        queue.list(call.scope().operatorId(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, ManualOut::of, Settlement::id));
  }

  private Answer alarms(ApiCall call) {
    List<PaymentAlarm> rows =
        queue.alarms(call.scope().operatorId(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, AlarmOut::of, PaymentAlarm::id));
  }

  private Answer writeOffs(ApiCall call) {
    List<WriteOff> rows =
        queue.proposed(call.scope().operatorId(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, WriteOffOut::of, WriteOff::id));
  }

  private Answer acknowledge(ApiCall call) {
    long id = call.idParam("id");
    String note = Objects.requireNonNullElse(call.body(NoteIn.class).note(), "");
    Long operator = call.scope().operatorId();
    AuditEntry entry =
        AuditEntry.of(
                operator, call.caller().actor(), "payment_alarm.acknowledge", "payment_alarm:" + id)
            .with("note", note);
    if (!queue.acknowledge(operator, id, tx -> audit.append(tx, entry))) {
      throw Problem.notFound("there is no such open alarm").exception();
    }
    return Answer.empty(204);
  }

  private Answer again(ApiCall call, String action, Function<Wish, Result> work) {
    SettlementRow row = find(call);
    Consumer<Tx> entry = tx -> audit.append(tx, entry(call, row, action));
    Result result = work.apply(wish(call, row, entry));
    return switch (result) {
      case Result.Accepted(Settlement settlement) -> Answer.json(202, ManualOut.of(settlement));
      case Result.WrittenDown _, Result.NotFound _, Result.NotNow _, Result.OwnWork _ ->
          throw refused(result);
    };
  }

  private Answer propose(ApiCall call) {
    SettlementRow row = find(call);
    String reason = call.body(WriteOffIn.class).reason();
    if (reason.isBlank()) {
      throw Problem.badField("reason", "must say why").exception();
    }
    AuditEntry entry = entry(call, row, "write_off.propose").with("reason", reason);
    return writtenDown(
        201, queue.proposeWriteOff(wish(call, row, tx -> audit.append(tx, entry)), reason));
  }

  private Answer decide(ApiCall call) {
    SettlementRow row = find(call);
    String decision = call.body(DecisionIn.class).decision();
    boolean approve = decision.equals("approve");
    if (!approve && !decision.equals("reject")) {
      throw Problem.badField("decision", "must be one of [approve, reject]").exception();
    }
    long id = call.idParam("proposal");
    AuditEntry entry = entry(call, row, "write_off." + decision).with("write_off", id);
    return writtenDown(
        200, queue.decideWriteOff(wish(call, row, tx -> audit.append(tx, entry)), id, approve));
  }

  private static Answer writtenDown(int status, Result result) {
    return switch (result) {
      case Result.WrittenDown(WriteOff writeOff) -> Answer.json(status, WriteOffOut.of(writeOff));
      case Result.Accepted _, Result.NotFound _, Result.NotNow _, Result.OwnWork _ ->
          throw refused(result);
    };
  }

  private static RuntimeException refused(Result result) {
    return switch (result) {
      case Result.NotNow(String why) -> Problem.conflict("not-now", why).exception();
      case Result.OwnWork _ ->
          Problem.forbidden("another person than who proposed it must decide").exception();
      case Result.NotFound _, Result.Accepted _, Result.WrittenDown _ ->
          Problem.notFound("there is no such settlement or write-off").exception();
    };
  }

  private Answer setLimit(ApiCall call) {
    LimitShape in = call.body(LimitShape.class);
    long operator = call.owner(null);
    String currency =
        inventory
            .operator(operator)
            .orElseThrow(() -> Problem.notFound("there is no such operator").exception())
            .currency();
    Money limit = new Money(currency, in.minor());
    AuditEntry entry =
        AuditEntry.of(operator, call.caller().actor(), "debts.limit", "operator:" + operator)
            .with("limit", limit);
    debts.setLimit(operator, limit, tx -> audit.append(tx, entry));
    return Answer.json(200, in);
  }

  private static AuditEntry entry(ApiCall call, SettlementRow row, String action) {
    return AuditEntry.of(row.operatorId(), call.caller().actor(), action, "settlement:" + row.id());
  }

  private static Wish wish(ApiCall call, SettlementRow row, Consumer<Tx> entry) {
    return new Wish(
        row.operatorId(),
        row.id(),
        new WriteOff.Person(call.caller().actor(), call.caller().person()),
        entry);
  }

  private SettlementRow find(ApiCall call) {
    return bills
        .settlement(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such settlement").exception());
  }
}
