package org.ampay.payment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.store.Tx;

/** Payments of bills that somebody else took and told us of: a card terminal's service. */
public final class TakenElsewhere {

  private final SettlementStores stores;
  private final OperationCloser closer;
  private final IdSource ids;

  public TakenElsewhere(
      SettlementStores stores, Providers providers, Journals journals, IdSource ids) {
    this.stores = stores;
    this.closer = new OperationCloser(providers, journals);
    this.ids = ids;
  }

  /**
   * What was taken.
   *
   * @param via who took it
   * @param reference unique for {@code via}
   * @param amount positive
   * @param into who owes it to us now
   */
  public record Taken(
      long operatorId,
      long sessionId,
      ProviderKey via,
      String reference,
      Money amount,
      Account into,
      Instant at) {}

  /** What came of it. */
  public sealed interface Result {

    /** It is posted. */
    record Paid(long operationId, SettlementState state) implements Result {}

    /** The session has no bill yet, or is looked at by a person: later. */
    record NotYet() implements Result {}

    /** More than is owed, or another currency. */
    record TooMuch(Money owed) implements Result {}
  }

  /**
   * Pays a session's bill.
   *
   * @param tx in which who took it is told: it must post nothing else
   */
  public Result paid(Tx tx, Taken taken) {
    Optional<Settlement> found =
        stores.settlements().ofSession(tx, taken.operatorId(), taken.sessionId());
    if (found.isEmpty()) {
      return new Result.NotYet();
    }
    OpenSettlements open = new OpenSettlements(tx, stores, List.of(found.get().billId()));
    Settlement settlement = open.ofBill(found.get().billId()).orElseThrow();
    Long payer = settlement.driverId();
    if (payer == null
        || settlement.state() == SettlementState.PENDING
        || settlement.state() == SettlementState.MANUAL) {
      return new Result.NotYet();
    }
    Money owed = new Money(settlement.amount().currency(), settlement.owedMinor());
    if (!taken.amount().currency().equals(owed.currency())
        || settlement.state() == SettlementState.WRITTEN_OFF
        || taken.amount().compareTo(owed) > 0) {
      return new Result.TooMuch(owed);
    }
    PaymentOperation op = operation(settlement, payer, taken);
    open.addOperations(List.of(op));
    closer.taken(tx, open, settlement, op, Posting.debit(taken.into(), taken.amount().minor()));
    Settlement posted = open.ofBill(settlement.billId()).orElseThrow();
    SettlementState state = SettlementPlan.finalState(posted, open.operations(posted));
    String reason = state == SettlementState.SETTLED ? null : posted.reason();
    Settlement ended = posted.with(state, posted.settledMinor(), reason, taken.at());
    open.put(ended);
    open.store();
    stores.sessions().settlementStates(tx, Map.of(ended.sessionId(), ended.ofSession()));
    return new Result.Paid(op.id(), ended.state());
  }

  private PaymentOperation operation(Settlement settlement, long payer, Taken taken) {
    Outcome done = Outcome.Succeeded.of(taken.amount());
    return new PaymentOperation(
            ids.next(),
            settlement.operatorId(),
            PaymentOperation.About.settlement(settlement.id(), null),
            payer,
            taken.via(),
            CommandKind.CHARGE,
            taken.reference(),
            taken.amount(),
            PaymentOperation.Result.REQUESTED,
            taken.at(),
            taken.at())
        .closed(done, taken.at());
  }
}
