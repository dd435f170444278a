package org.ampay.payment;

import java.util.List;
import java.util.Optional;
import org.ampay.payment.provider.CommandKind;
import org.ampay.store.Tx;

/** How far the settlement of an order's session is. */
public final class OrderSettlements {

  private final SettlementStore store;

  public OrderSettlements(SettlementStores stores) {
    this.store = stores.settlements();
  }

  /**
   * What became of a session's bill.
   *
   * @param totalMinor the bill, with tax
   * @param usedMinor what was captured and charged where the order's money is
   * @param owed not all of the bill is paid
   */
  public record Done(long totalMinor, long usedMinor, boolean owed) {}

  /**
   * The end of a session's settlement; empty as long as it is not settled, or a person has to
   * decide.
   *
   * @param provider where the order's money is
   */
  public Optional<Done> of(Tx tx, long sessionId, String provider) {
    return store
        .ofSession(tx, null, sessionId)
        .flatMap(
            settlement -> {
              List<PaymentOperation> operations =
                  store
                      .operations(tx, List.of(settlement.id()))
                      .getOrDefault(settlement.id(), List.of());
              return over(settlement, operations)
                  ? Optional.of(done(settlement, operations, provider))
                  : Optional.empty();
            });
  }

  private static boolean over(Settlement settlement, List<PaymentOperation> operations) {
    return switch (settlement.state()) {
      case PENDING, MANUAL -> false;
      case NONE, SETTLED, PARTIAL, DEBT, REFUNDED, WRITTEN_OFF ->
          operations.stream()
              .noneMatch(op -> op.state().isOpen() && op.kind() != CommandKind.REFUND);
    };
  }

  private static Done done(
      Settlement settlement, List<PaymentOperation> operations, String provider) {
    long used =
        operations.stream()
            .filter(PaymentOperation::succeeded)
            .filter(op -> op.kind() == CommandKind.CAPTURE || op.kind() == CommandKind.CHARGE)
            .filter(op -> op.provider().equals(provider))
            .mapToLong(op -> op.result().doneMinor())
            .reduce(0, Math::addExact);
    boolean owed =
        switch (settlement.state()) {
          case DEBT, PARTIAL, WRITTEN_OFF -> true;
          case NONE, PENDING, SETTLED, MANUAL, REFUNDED -> false;
        };
    return new Done(settlement.amount().minor(), used, owed);
  }
}
