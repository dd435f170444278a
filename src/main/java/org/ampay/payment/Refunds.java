package org.ampay.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.BillableSessions;
import org.ampay.ledger.Journals;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Providers;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what was paid for a bill, in whole or in part, by the ways it came: at most what was
 * captured and charged of real money, less what was given back before. The operation is committed
 * first, with a job that finishes it should this process end in between.
 */
public final class Refunds {

  /** A bill is paid by few takings: a hold, and charges until it was paid. */
  private static final int MAX_PARTS = 100;

  /** When the job looks whether the refund was finished. */
  private static final Duration SAFETY_NET = Duration.ofSeconds(30);

  private final Transactor transactor;
  private final SettlementStores stores;
  private final OperationCloser closer;
  private final OpenDisputes disputes;
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
      OpenDisputes disputes,
      IdSource ids,
      TimeSource time) {
    this.transactor = transactor;
    this.stores = stores;
    this.closer = new OperationCloser(providers, journals);
    this.disputes = disputes;
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

    /** Given back, or on its way while operations are open: one of each taking that it is of. */
    record Accepted(List<PaymentOperation> operations) implements Result {
      public Accepted {
        operations = List.copyOf(operations);
      }

      /** The first of them. */
      public PaymentOperation operation() {
        return operations.getFirst();
      }
    }

    /** There is no such settlement for whoever asks. */
    record NotFound() implements Result {}

    /** More than can be given back, or nothing, or another currency. */
    record WrongAmount(Money refundable) implements Result {}

    /** The payer disputes the payment at his bank: it is decided there who gets the money. */
    record Disputed() implements Result {}

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
   * @param witness of the operations as they are committed first, unless it is a repeat
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
    List<PaymentOperation> before = earlier(request, operations);
    if (!before.isEmpty()) {
      return repeat(request, before);
    }
    if (disputes.of(tx, settlement.id())) {
      return new Result.Disputed();
    }
    List<Takings.Taking> takings = Takings.of(tx, stores, open, settlement);
    String currency = settlement.amount().currency();
    Money left = new Money(currency, Takings.left(takings));
    Money amount = request.amount() == null ? left : request.amount();
    if (!amount.currency().equals(currency) || !amount.isPositive() || amount.compareTo(left) > 0) {
      return new Result.WrongAmount(left);
    }
    List<PaymentOperation> made = operations(request, settlement, takings, amount);
    open.addOperations(made);
    open.store();
    boolean outside = made.stream().anyMatch(op -> op.via().accountId() != null);
    Instant due = outside ? time.now() : time.now().plus(SAFETY_NET);
    stores
        .jobs()
        .insert(tx, List.of(new NewJob(Settler.KIND, settlement.billId(), due, Settler.CLOSE)));
    made.forEach(op -> witness.stored(tx, op));
    return new Result.Accepted(made);
  }

  /** The operations of the same wish, if it was made before. */
  private static List<PaymentOperation> earlier(
      Request request, List<PaymentOperation> operations) {
    Set<String> references =
        IntStream.range(0, MAX_PARTS)
            .mapToObj(part -> reference(request, part))
            .collect(Collectors.toSet());
    return operations.stream().filter(op -> references.contains(op.reference())).toList();
  }

  private static Result repeat(Request request, List<PaymentOperation> before) {
    long minor = before.stream().mapToLong(op -> op.amount().minor()).sum();
    Money all = new Money(before.getFirst().amount().currency(), minor);
    return request.amount() == null || request.amount().equals(all)
        ? new Result.Accepted(before)
        : new Result.KeyConflict();
  }

  /** One of each taking, in their order, until the amount is reached. */
  private List<PaymentOperation> operations(
      Request request, Settlement settlement, List<Takings.Taking> takings, Money amount) {
    List<PaymentOperation> made = new ArrayList<>();
    long rest = amount.minor();
    for (Takings.Taking taking : takings) {
      long part = Math.min(rest, taking.leftMinor());
      if (part > 0) {
        Instant now = time.now();
        made.add(
            new PaymentOperation(
                ids.next(),
                settlement.operatorId(),
                new PaymentOperation.About(settlement.id(), null, null, taking.by().id()),
                taking.by().driverId(),
                taking.by().via(),
                CommandKind.REFUND,
                reference(request, made.size()),
                new Money(amount.currency(), part),
                PaymentOperation.Result.REQUESTED,
                now,
                now));
        rest -= part;
      }
    }
    return made;
  }

  /** Providers in our ledger are decided at once; the job calls the others. */
  private Result finish(Request request, Result.Accepted accepted) {
    boolean ours =
        accepted.operations().stream()
            .anyMatch(op -> op.state().isOpen() && op.via().accountId() == null);
    if (!ours) {
      return accepted;
    }
    Set<Long> wanted =
        accepted.operations().stream().map(PaymentOperation::id).collect(Collectors.toSet());
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
              open.operations(now).stream().filter(op -> wanted.contains(op.id())).toList());
        });
  }

  /** {@code [a-z0-9]{32}}: what every provider takes. */
  private static String reference(Request request, int part) {
    byte[] digest =
        part == 0
            ? Digests.key16(request.settlementId(), request.idempotencyKey())
            : Digests.key16(request.settlementId(), request.idempotencyKey(), part);
    return "r" + HexFormat.of().formatHex(digest).substring(1);
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
}
