package org.ampay.payment;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.BillableSessions;
import org.ampay.ledger.Journals;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.payment.provider.Providers;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what was paid for a bill, in whole or in part: at most what was captured and charged
 * of real money, less what was given back before. The operation is committed first, with a job that
 * finishes it should this process end in between.
 */
public final class Refunds {

  /** When the job looks whether the refund was finished. */
  private static final Duration SAFETY_NET = Duration.ofSeconds(30);

  private final Transactor transactor;
  private final SettlementStores stores;
  private final Providers providers;
  private final OperationCloser closer;
  private final IdSource ids;
  private final TimeSource time;

  /**
   * Refunds.
   *
   * @param ids of operations
   */
  public Refunds(
      Transactor transactor,
      SettlementStores stores,
      Providers providers,
      Journals journals,
      IdSource ids,
      TimeSource time) {
    this.transactor = transactor;
    this.stores = stores;
    this.providers = providers;
    this.closer = new OperationCloser(providers, journals, stores.ledger());
    this.ids = ids;
    this.time = time;
  }

  /**
   * A wish.
   *
   * @param operatorId null: whoever asks may act for all operators
   * @param amount null: all that is left
   * @param idempotencyKey a repeat with the same key is the same refund
   */
  public record Request(
      @Nullable Long operatorId,
      long settlementId,
      @Nullable Money amount,
      String idempotencyKey) {}

  /** What became of it. */
  public sealed interface Result {

    /** Given back, or on its way when the operation is still open. */
    record Accepted(PaymentOperation operation) implements Result {}

    /** There is no such settlement for whoever asks. */
    record NotFound() implements Result {}

    /** More than can be given back, or nothing, or another currency. */
    record WrongAmount(Money refundable) implements Result {}

    /** The key was used before, for another refund. */
    record KeyConflict() implements Result {}
  }

  /** Gives money back. */
  public Result refund(Request request) {
    return refund(request, Witness.NONE);
  }

  /**
   * {@link #refund(Request)}.
   *
   * @param witness of the operation as it is committed first, unless it is a repeat
   */
  public Result refund(Request request, Witness witness) {
    Result prepared = transactor.call(tx -> prepare(tx, request, witness));
    return prepared instanceof Result.Accepted accepted ? finish(request, accepted) : prepared;
  }

  private Result prepare(Tx tx, Request request, Witness witness) {
    Optional<Settlement> found =
        stores.settlements().byId(tx, request.operatorId(), request.settlementId());
    if (found.isEmpty()) {
      return new Result.NotFound();
    }
    OpenSettlements open = new OpenSettlements(tx, stores, List.of(found.get().billId()));
    Settlement settlement = open.ofBill(found.get().billId()).orElseThrow();
    List<PaymentOperation> operations = open.operations(settlement);
    String reference = reference(request);
    Optional<PaymentOperation> before =
        operations.stream().filter(op -> op.reference().equals(reference)).findFirst();
    if (before.isPresent()) {
      return repeat(request, before.get());
    }
    Money left = new Money(settlement.amount().currency(), left(settlement, operations));
    Money amount = request.amount() == null ? left : request.amount();
    if (!amount.currency().equals(left.currency())
        || !amount.isPositive()
        || amount.compareTo(left) > 0) {
      return new Result.WrongAmount(left);
    }
    PaymentOperation operation = operation(settlement, operations, amount, reference);
    open.addOperations(List.of(operation));
    open.store();
    stores
        .jobs()
        .insert(
            tx,
            List.of(
                new NewJob(
                    Settler.KIND,
                    settlement.billId(),
                    time.now().plus(SAFETY_NET),
                    Settler.CLOSE)));
    witness.stored(tx, operation);
    return new Result.Accepted(operation);
  }

  private static Result repeat(Request request, PaymentOperation before) {
    return request.amount() == null || request.amount().equals(before.amount())
        ? new Result.Accepted(before)
        : new Result.KeyConflict();
  }

  private PaymentOperation operation(
      Settlement settlement, List<PaymentOperation> operations, Money amount, String reference) {
    PaymentOperation taken =
        operations.stream()
            .filter(op -> op.succeeded() && op.result().doneMinor() > 0)
            .findFirst()
            .orElseThrow();
    return new PaymentOperation(
        ids.next(),
        settlement.operatorId(),
        PaymentOperation.About.settlement(settlement.id(), null),
        taken.driverId(),
        taken.via(),
        CommandKind.REFUND,
        reference,
        amount,
        PaymentOperation.Result.REQUESTED,
        time.now(),
        time.now());
  }

  /** Providers in our ledger are decided at once; the job calls the others. */
  private Result finish(Request request, Result.Accepted accepted) {
    Optional<PaymentProvider> provider = providers.find(accepted.operation().via());
    if (!accepted.operation().state().isOpen()
        || !(provider.orElseThrow() instanceof LedgerProvider)) {
      return accepted;
    }
    return transactor.call(
        tx -> {
          Settlement settlement =
              stores.settlements().byId(tx, null, request.settlementId()).orElseThrow();
          OpenSettlements open = new OpenSettlements(tx, stores, List.of(settlement.billId()));
          closer.close(tx, open, List.of(), Map.of(), time.now());
          open.store();
          Settlement now = open.ofBill(settlement.billId()).orElseThrow();
          BillableSessions sessions = stores.sessions();
          sessions.settlementStates(tx, Map.of(now.sessionId(), now.ofSession()));
          return new Result.Accepted(
              open.operations(now).stream()
                  .filter(op -> op.id() == accepted.operation().id())
                  .findFirst()
                  .orElseThrow());
        });
  }

  private static String reference(Request request) {
    return "refund-"
        + HexFormat.of().formatHex(Digests.key16(request.settlementId(), request.idempotencyKey()));
  }

  /** What may be given back in all: what was taken of real money. */
  static long refundable(Settlement settlement, List<PaymentOperation> operations) {
    long gifts =
        operations.stream()
            .filter(op -> op.succeeded() && op.kind() != CommandKind.REFUND)
            .mapToLong(op -> op.result().giftMinor())
            .sum();
    return settlement.settledMinor() - gifts;
  }

  /** What may still be given back, refunds on their way taken off. */
  private static long left(Settlement settlement, List<PaymentOperation> operations) {
    long onTheirWay =
        operations.stream()
            .filter(op -> op.kind() == CommandKind.REFUND && op.state().isOpen())
            .mapToLong(op -> op.amount().minor())
            .sum();
    return refundable(settlement, operations) - settlement.refundedMinor() - onTheirWay;
  }
}
