package org.ampay.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.promotion.Benefits;
import org.ampay.ledger.Account;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.JournalRow;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/** Drivers' prepaid wallets, one in each currency. */
public final class Wallets {

  /** The provider of money that a person received and enters here. */
  private static final String BY_HAND = "manual";

  private final Transactor transactor;
  private final SettlementStores stores;
  private final Journals journals;
  private final IdSource ids;
  private final TimeSource time;

  /**
   * Wallets.
   *
   * @param ids of operations
   */
  public Wallets(
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

  /** Whose wallet. The operator is the driver's. */
  public record Owner(long operatorId, long driverId, String currency) {

    Account real() {
      return Account.walletReal(operatorId, driverId, currency);
    }

    Account gift() {
      return Account.walletGift(operatorId, driverId, currency);
    }

    Account held() {
      return Account.walletHeld(operatorId, driverId, currency);
    }

    private List<Account> accounts() {
      return List.of(real(), gift(), held());
    }
  }

  /**
   * What is in a wallet.
   *
   * @param balance everything, what is held included
   * @param held set aside for running sessions
   * @param gift the part of what is available that is not real money
   */
  public record Balance(Money balance, Money held, Money gift) {

    /** What a new session can use. */
    public Money available() {
      return balance.minus(held);
    }
  }

  /**
   * A change of a wallet.
   *
   * @param kind {@code top_up}, {@code hold}, {@code capture}, {@code charge}, {@code refund} ...
   * @param ref id of the hold or operation
   * @param available what it changed of the money that can be used
   * @param held what it changed of the money set aside
   */
  public record Movement(long id, Instant at, String kind, long ref, Money available, Money held) {}

  /**
   * Money that came in.
   *
   * @param amount positive
   * @param idempotencyKey a repeat with the same key is the same top-up
   */
  public record TopUp(Owner owner, Money amount, String idempotencyKey) {
    public TopUp {
      if (!amount.isPositive() || !amount.currency().equals(owner.currency())) {
        throw new IllegalArgumentException(
            "a top-up is a positive amount of the wallet's currency");
      }
    }

    private String reference() {
      return "top_up-"
          + HexFormat.of()
              .formatHex(Digests.key16(owner.operatorId(), owner.driverId(), idempotencyKey));
    }
  }

  /** What became of a top-up. */
  public sealed interface TopUpResult {

    /** It is in the wallet. */
    record Done(PaymentOperation operation) implements TopUpResult {}

    /** The key was used before, for another amount. */
    record KeyConflict() implements TopUpResult {}
  }

  /** The balance; zero for a wallet that was never used. */
  public Balance balance(Owner owner) {
    return transactor.call(tx -> balances(tx, List.of(owner)).get(owner));
  }

  /** Balances of many, without locks. */
  public Map<Owner, Balance> balances(Tx tx, Collection<Owner> owners) {
    List<Account> accounts = owners.stream().flatMap(o -> o.accounts().stream()).toList();
    Map<Account, Long> available =
        stores.ledger().read(tx, accounts).stream()
            .collect(Collectors.toMap(AccountRow::account, row -> -row.balanceMinor()));
    Map<Owner, Balance> balances = new LinkedHashMap<>();
    for (Owner owner : owners) {
      long real = available.getOrDefault(owner.real(), 0L);
      long gift = available.getOrDefault(owner.gift(), 0L);
      long held = available.getOrDefault(owner.held(), 0L);
      balances.put(
          owner,
          new Balance(
              new Money(owner.currency(), real + gift + held),
              new Money(owner.currency(), held),
              new Money(owner.currency(), gift)));
    }
    return balances;
  }

  /** Puts real money into a wallet: Dr bank, Cr wallet. What the driver owes is then collected. */
  public TopUpResult topUp(TopUp topUp) {
    return topUp(topUp, Witness.NONE);
  }

  /**
   * {@link #topUp(TopUp)}.
   *
   * @param witness of the operation, unless it is a repeat
   */
  public TopUpResult topUp(TopUp topUp, Witness witness) {
    return transactor.call(tx -> topUp(tx, List.of(topUp), witness)).getFirst();
  }

  /** {@link #topUp(TopUp)} for many, in the caller's transaction; it must post nothing else. */
  public List<TopUpResult> topUp(Tx tx, List<TopUp> topUps) {
    return topUp(tx, topUps, Witness.NONE);
  }

  private List<TopUpResult> topUp(Tx tx, List<TopUp> topUps, Witness witness) {
    Map<String, PaymentOperation> known =
        new LinkedHashMap<>(
            stores
                .settlements()
                .byReferences(tx, BY_HAND, topUps.stream().map(TopUp::reference).toList()));
    List<PaymentOperation> added = new ArrayList<>();
    List<TopUpResult> results = new ArrayList<>();
    for (TopUp topUp : topUps) {
      PaymentOperation before = known.get(topUp.reference());
      if (before == null) {
        PaymentOperation operation = operation(topUp);
        known.put(topUp.reference(), operation);
        added.add(operation);
        results.add(new TopUpResult.Done(operation));
      } else {
        results.add(
            before.amount().equals(topUp.amount())
                ? new TopUpResult.Done(before)
                : new TopUpResult.KeyConflict());
      }
    }
    stores.settlements().insertOperations(tx, added);
    journals.post(tx, added.stream().map(Wallets::entry).toList());
    collectDebts(tx, added.stream().map(PaymentOperation::driverId).distinct().toList());
    for (PaymentOperation operation : added) {
      stores
          .benefits()
          .toppedUp(
              tx,
              new Benefits.TopUp(
                  operation.id(),
                  operation.operatorId(),
                  operation.driverId(),
                  operation.amount()));
    }
    added.forEach(operation -> witness.stored(tx, operation));
    return results;
  }

  private PaymentOperation operation(TopUp topUp) {
    return new PaymentOperation(
        ids.next(),
        topUp.owner().operatorId(),
        PaymentOperation.About.NOTHING,
        topUp.owner().driverId(),
        ProviderKey.inLedger(BY_HAND),
        CommandKind.TOP_UP,
        topUp.reference(),
        topUp.amount(),
        PaymentOperation.Result.REQUESTED.with(Outcome.Succeeded.of(topUp.amount())),
        time.now(),
        time.now());
  }

  private static JournalEntry entry(PaymentOperation op) {
    String currency = op.amount().currency();
    return new JournalEntry(
        "top_up:" + op.id(),
        "top_up",
        op.id(),
        op.operatorId(),
        List.of(
            Posting.debit(Account.bank(op.operatorId(), currency), op.amount().minor()),
            Posting.credit(
                Account.walletReal(op.operatorId(), op.driverId(), currency),
                op.amount().minor())));
  }

  private void collectDebts(Tx tx, List<Long> driverIds) {
    if (!driverIds.isEmpty()) {
      List<NewJob> jobs =
          stores.settlements().owedBills(tx, driverIds).stream()
              .map(bill -> new NewJob(Settler.KIND, bill, time.now()))
              .toList();
      if (!jobs.isEmpty()) {
        stores.jobs().insert(tx, jobs);
      }
    }
  }

  /** What changed a wallet, newest first; ids below {@code beforeId}. */
  public List<Movement> movements(Owner owner, long beforeId, int limit) {
    return transactor.call(
        tx -> {
          Map<Account, Long> accountIds = stores.ledger().ids(tx, owner.accounts());
          return accountIds.isEmpty()
              ? List.<Movement>of()
              : stores.ledger().statement(tx, accountIds.values(), beforeId, limit).stream()
                  .map(journal -> movement(owner, accountIds, journal))
                  .toList();
        });
  }

  private static Movement movement(Owner owner, Map<Account, Long> accountIds, JournalRow journal) {
    long heldId = accountIds.getOrDefault(owner.held(), -1L);
    long available = 0;
    long held = 0;
    for (JournalRow.Line line : journal.lines()) {
      if (line.accountId() == heldId) {
        held -= line.minor();
      } else if (accountIds.containsValue(line.accountId())) {
        available -= line.minor();
      }
    }
    return new Movement(
        journal.id(),
        journal.postedAt(),
        journal.kind(),
        journal.ref(),
        new Money(owner.currency(), available),
        new Money(owner.currency(), held));
  }
}
