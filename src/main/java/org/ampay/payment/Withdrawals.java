package org.ampay.payment;

import java.util.HexFormat;
import java.util.List;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerGroup;
import org.ampay.ledger.Posting;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * Real money that a person pays out of a wallet, at a counter or by bank: Dr wallet, Cr bank. Gift
 * money is never paid out, and what is held for running sessions stays.
 */
public final class Withdrawals {

  private static final String BY_HAND = "manual";

  private final Transactor transactor;
  private final SettlementStores stores;
  private final Journals journals;
  private final IdSource ids;
  private final TimeSource time;

  /**
   * Withdrawals.
   *
   * @param ids of operations
   */
  public Withdrawals(
      Transactor transactor,
      SettlementStores stores,
      Journals journals,
      IdSource ids,
      TimeSource time) {
    this.transactor = transactor;
    this.stores = stores;
    this.journals = journals;
    this.ids = ids;
    this.time = time;
  }

  /**
   * A wish.
   *
   * @param amount positive, of the wallet's currency
   * @param idempotencyKey a repeat with the same key is the same withdrawal
   */
  public record Wish(Wallets.Owner owner, Money amount, String idempotencyKey) {
    public Wish {
      if (!amount.isPositive() || !amount.currency().equals(owner.currency())) {
        throw new IllegalArgumentException(
            "amount: must be positive, of the wallet's currency " + owner.currency());
      }
    }

    private String reference() {
      return "withdraw-"
          + HexFormat.of()
              .formatHex(Digests.key16(owner.operatorId(), owner.driverId(), idempotencyKey));
    }
  }

  /** What became of it. */
  public sealed interface Result {

    /** It is out of the wallet. */
    record Done(PaymentOperation operation) implements Result {}

    /** There is less real money than that. */
    record TooMuch(Money available) implements Result {}

    /** The key was used before, for another amount. */
    record KeyConflict() implements Result {}
  }

  /**
   * Takes money out.
   *
   * @param witness of the operation, unless it is a repeat
   */
  public Result withdraw(Wish wish, Witness witness) {
    return transactor.call(tx -> withdraw(tx, wish, witness));
  }

  private Result withdraw(Tx tx, Wish wish, Witness witness) {
    Account real = wish.owner().real();
    Account bank = Account.bank(wish.owner().operatorId(), wish.owner().currency());
    LedgerGroup ledger = journals.lock(tx, List.of(real, bank));
    PaymentOperation before =
        stores
            .settlements()
            .byReferences(tx, BY_HAND, List.of(wish.reference()))
            .get(wish.reference());
    if (before != null) {
      return before.amount().equals(wish.amount())
          ? new Result.Done(before)
          : new Result.KeyConflict();
    }
    long available = Math.max(0, ledger.available(real));
    if (available < wish.amount().minor()) {
      return new Result.TooMuch(new Money(wish.owner().currency(), available));
    }
    PaymentOperation operation = operation(wish);
    stores.settlements().insertOperations(tx, List.of(operation));
    ledger.add(
        new JournalEntry(
            "withdraw:" + operation.id(),
            "withdraw",
            operation.id(),
            operation.operatorId(),
            List.of(
                Posting.debit(real, wish.amount().minor()),
                Posting.credit(bank, wish.amount().minor()))));
    ledger.postNew();
    witness.stored(tx, operation);
    return new Result.Done(operation);
  }

  private PaymentOperation operation(Wish wish) {
    return new PaymentOperation(
        ids.next(),
        wish.owner().operatorId(),
        PaymentOperation.About.NOTHING,
        wish.owner().driverId(),
        ProviderKey.inLedger(BY_HAND),
        CommandKind.WITHDRAW,
        wish.reference(),
        wish.amount(),
        PaymentOperation.Result.REQUESTED.with(Outcome.Succeeded.of(wish.amount())),
        time.now(),
        time.now());
  }
}
