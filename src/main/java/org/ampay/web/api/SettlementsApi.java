package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.payment.Refunds;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.BillReadStore.OperationRow;
import org.ampay.web.read.BillReadStore.SettlementRow;
import org.jspecify.annotations.Nullable;

/** Calls for settlements and their payment operations. */
final class SettlementsApi {

  private static final List<String> STATES =
      List.of("pending", "settled", "partial", "debt", "manual", "refunded", "written_off");

  private final BillReadStore bills;
  private final Refunds refunds;
  private final AuditLog audit;

  SettlementsApi(BillReadStore bills, Refunds refunds, AuditLog audit) {
    this.bills = bills;
    this.refunds = refunds;
    this.audit = audit;
  }

  record RefundIn(
      @Field("all that is left by default") DriversApi.@Nullable MoneyIn amount,
      @Nullable String reason) {}

  record SettlementOut(
      long id,
      long operator,
      long bill,
      long session,
      @Nullable Long driver,
      Money amount,
      Money settled,
      @Field("pending, settled, partial, debt, manual, refunded, written_off") String state,
      @Nullable String reason,
      Instant createdAt,
      Instant updatedAt) {

    static SettlementOut of(SettlementRow row) {
      return new SettlementOut(
          row.id(),
          row.operatorId(),
          row.billId(),
          row.sessionId(),
          row.driverId(),
          row.amount(),
          row.settled(),
          row.state(),
          row.reason(),
          row.createdAt(),
          row.updatedAt());
    }
  }

  record PaymentOut(
      long id,
      String provider,
      @Field("authorize, capture, charge, release, refund, top_up") String kind,
      String reference,
      Money amount,
      String state,
      @Nullable String detail,
      int attempts,
      Instant createdAt,
      Instant updatedAt) {

    static PaymentOut of(OperationRow row) {
      return new PaymentOut(
          row.id(),
          row.provider(),
          row.kind(),
          row.reference(),
          row.amount(),
          row.state(),
          row.detail(),
          row.attempts(),
          row.createdAt(),
          row.updatedAt());
    }
  }

  record SettlementDetailOut(
      @com.fasterxml.jackson.annotation.JsonUnwrapped SettlementOut settlement,
      List<PaymentOut> payments) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/settlements", Permission.SETTLEMENTS_READ, "Lists settlements, newest first")
            .query("state", String.join(", ", STATES))
            .lists(SettlementOut.class)
            .by(this::list),
        ApiRoute.get("/settlements/{id}", Permission.SETTLEMENTS_READ, "A settlement")
            .answers(200, SettlementDetailOut.class)
            .by(call -> Answer.json(200, detail(find(call)))),
        ApiRoute.post(
                "/settlements/{id}/refunds",
                Permission.SETTLEMENTS_REFUND,
                "Gives back what was paid, in whole or in part")
            .takes(RefundIn.class)
            .answers(201, SettlementDetailOut.class)
            .by(this::refund));
  }

  private Answer list(ApiCall call) {
    List<SettlementRow> rows =
        bills.settlements(
            call.scope(),
            call.choice("state", STATES),
            call.cursorId(Long.MAX_VALUE),
            call.limit() + 1);
    return Answer.json(200, call.page(rows, SettlementOut::of, SettlementRow::id));
  }

  private Answer refund(ApiCall call) {
    SettlementRow row = find(call);
    RefundIn in = call.body(RefundIn.class);
    DriversApi.MoneyIn wish = in.amount();
    Money amount = null;
    if (wish != null) {
      String currency = wish.currency() == null ? row.amount().currency() : wish.currency();
      if (!currency.equals(row.amount().currency())) {
        throw Problem.badField("amount.currency", "the bill is in " + row.amount().currency())
            .exception();
      }
      amount = new Money(currency, wish.minor());
    }
    AuditEntry entry =
        AuditEntry.of(
                row.operatorId(),
                call.caller().actor(),
                "settlement.refund",
                "settlement:" + row.id())
            .with("reason", in.reason() == null ? "" : in.reason());
    Refunds.Result result =
        refunds.refund(
            new Refunds.Request(row.operatorId(), row.id(), amount, call.moneyKey()),
            (tx, operation) ->
                audit.append(
                    tx,
                    entry.with("amount", operation.amount()).with("operation", operation.id())));
    return switch (result) {
      case Refunds.Result.NotFound none ->
          throw Problem.notFound("there is no such settlement").exception();
      case Refunds.Result.KeyConflict conflict -> throw Problem.keyReused().exception();
      case Refunds.Result.Disputed _ ->
          throw Problem.conflict("disputed", "the payer disputes it at his bank: wait for that")
              .exception();
      case Refunds.Result.WrongAmount wrong ->
          throw Problem.badField("amount", "refundable is " + wrong.refundable()).exception();
      case Refunds.Result.Accepted accepted -> Answer.json(201, detail(find(call)));
    };
  }

  SettlementRow find(ApiCall call) {
    return bills
        .settlement(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such settlement").exception());
  }

  SettlementDetailOut detail(SettlementRow row) {
    return new SettlementDetailOut(
        SettlementOut.of(row),
        bills.operations(row.id(), row.holdId()).stream().map(PaymentOut::of).toList());
  }
}
