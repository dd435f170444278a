package org.ampay.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * What a person does about settlements that do not come to their end by themselves: try again, ask
 * the provider again, or write off what is owed, for which it takes two.
 */
public final class ManualQueue {

  private static final int MAX_PAGE = 500;

  private final Transactor transactor;
  private final SettlementStores stores;
  private final WriteOffStore writeOffs;
  private final Journals journals;
  private final PaymentAlarms alarms;
  private final IdSource ids;
  private final TimeSource time;

  ManualQueue(
      Transactor transactor,
      SettlementStores stores,
      WriteOffStore writeOffs,
      Journals journals,
      PaymentAlarms alarms,
      IdSource ids,
      TimeSource time) {
    this.transactor = transactor;
    this.stores = stores;
    this.writeOffs = writeOffs;
    this.journals = journals;
    this.alarms = alarms;
    this.ids = ids;
    this.time = time;
  }

  /** In the database. */
  public static ManualQueue inDatabase(
      Transactor transactor,
      SettlementStores stores,
      Journals journals,
      PaymentAlarms alarms,
      IdSource ids,
      TimeSource time) {
    return new ManualQueue(transactor, stores, new SqlWriteOffStore(), journals, alarms, ids, time);
  }

  /**
   * Who wants something of which settlement.
   *
   * @param operatorId null: whoever asks may act for all operators
   * @param entry writes who did it, in the same transaction
   */
  public record Wish(
      @Nullable Long operatorId, long settlementId, WriteOff.Person who, Consumer<Tx> entry) {}

  /** What became of a wish. */
  public sealed interface Result {

    /** Under way. */
    record Accepted(Settlement settlement) implements Result {}

    /** Written down; it waits for another person, or was decided. */
    record WrittenDown(WriteOff writeOff) implements Result {}

    /** There is no such settlement or write-off for whoever asks. */
    record NotFound() implements Result {}

    /** It is not for this: in words. */
    record NotNow(String why) implements Result {}

    /** Another person must decide. */
    record OwnWork() implements Result {}
  }

  // ---- to look at ----

  /** Settlements in a person's hands, newest first, with a smaller id. */
  public List<Settlement> list(@Nullable Long operatorId, long beforeId, int limit) {
    return transactor.call(
        tx ->
            stores
                .settlements()
                .list(tx, operatorId, SettlementState.MANUAL, before(beforeId, limit)));
  }

  /** Open alarms, newest first, with a smaller id. */
  public List<PaymentAlarm> alarms(@Nullable Long operatorId, long beforeId, int limit) {
    return transactor.call(tx -> alarms.open(tx, operatorId, before(beforeId, limit)));
  }

  /** Write-offs that wait for a decision, newest first, with a smaller id. */
  public List<WriteOff> proposed(@Nullable Long operatorId, long beforeId, int limit) {
    return transactor.call(tx -> writeOffs.proposed(tx, operatorId, before(beforeId, limit)));
  }

  private static SettlementStore.Before before(long beforeId, int limit) {
    return new SettlementStore.Before(beforeId, Math.clamp(limit, 1, MAX_PAGE));
  }

  /** A person has seen to an alarm; false when there is no such open one. */
  public boolean acknowledge(@Nullable Long operatorId, long alarmId, Consumer<Tx> entry) {
    return transactor.call(
        tx -> {
          boolean cleared = alarms.clearOne(tx, operatorId, alarmId);
          if (cleared) {
            entry.accept(tx);
          }
          return cleared;
        });
  }

  // ---- to try again ----

  /**
   * Tries again: what a provider refused is asked about and sent again, a debt is charged again,
   * what waited for an account goes on.
   */
  public Result retry(Wish wish) {
    return transactor.call(tx -> with(tx, wish, (open, s) -> retry(tx, wish, open, s)));
  }

  private Result retry(Tx tx, Wish wish, OpenSettlements open, Settlement settlement) {
    boolean owed =
        switch (settlement.state()) {
          case MANUAL, DEBT, PARTIAL, PENDING -> true;
          case NONE, SETTLED, REFUNDED, WRITTEN_OFF -> false;
        };
    List<PaymentOperation> refused =
        open.operations(settlement).stream()
            .filter(op -> op.state() == OperationState.MISCONFIGURED)
            .toList();
    if (settlement.driverId() == null) {
      return new Result.NotNow("nobody is known to pay");
    }
    if (!owed && refused.isEmpty()) {
      return new Result.NotNow("it is " + settlement.state().code());
    }
    refused.forEach(op -> open.put(op.reopened(time.now())));
    Settlement now = settlement;
    if (settlement.state() == SettlementState.MANUAL) {
      now = settlement.with(SettlementState.PENDING, settlement.settledMinor(), null, time.now());
      open.put(now);
    }
    open.store();
    forget(tx, open, now);
    again(tx, now, "");
    wish.entry().accept(tx);
    return new Result.Accepted(now);
  }

  /**
   * Asks the provider now what became of what is open, and of what it has contradicted itself
   * about: money that it moved after all is posted.
   */
  public Result askAgain(Wish wish) {
    return transactor.call(tx -> with(tx, wish, (open, s) -> askAgain(tx, wish, open, s)));
  }

  private Result askAgain(Tx tx, Wish wish, OpenSettlements open, Settlement settlement) {
    List<PaymentOperation> asked = new ArrayList<>();
    for (PaymentOperation op : List.copyOf(open.operations(settlement))) {
      if (op.state().isOpen()) {
        asked.add(op);
      } else if (isContradicted(tx, settlement, op)) {
        PaymentOperation reopened = op.reopened(time.now());
        open.put(reopened);
        asked.add(reopened);
      }
    }
    if (asked.isEmpty()) {
      return new Result.NotNow("nothing of it is open");
    }
    open.store();
    again(tx, settlement, Settler.CLOSE);
    wish.entry().accept(tx);
    return new Result.Accepted(settlement);
  }

  /** What was paid otherwise meanwhile cannot be taken a second time: it is given back by hand. */
  private boolean isContradicted(Tx tx, Settlement settlement, PaymentOperation op) {
    boolean takes = op.kind() == CommandKind.CAPTURE || op.kind() == CommandKind.CHARGE;
    return takes
        && !op.succeeded()
        && op.amount().minor() <= settlement.owedMinor()
        && settlement.state() != SettlementState.WRITTEN_OFF
        && alarms.isContradicted(tx, op);
  }

  private void forget(Tx tx, OpenSettlements open, Settlement settlement) {
    List<Long> refs = new ArrayList<>();
    refs.add(settlement.id());
    open.operations(settlement).forEach(op -> refs.add(op.id()));
    alarms.clear(tx, refs);
  }

  private void again(Tx tx, Settlement settlement, String payload) {
    NewJob job = new NewJob(Settler.KIND, settlement.billId(), time.now(), payload);
    stores.jobs().insert(tx, List.of(job));
  }

  private interface Work {
    Result of(OpenSettlements open, Settlement settlement);
  }

  private Result with(Tx tx, Wish wish, Work work) {
    Optional<Settlement> found =
        stores.settlements().byId(tx, wish.operatorId(), wish.settlementId());
    if (found.isEmpty()) {
      return new Result.NotFound();
    }
    OpenSettlements open = new OpenSettlements(tx, stores, List.of(found.get().billId()));
    return work.of(open, open.ofBill(found.get().billId()).orElseThrow());
  }

  // ---- to write off ----

  /** Proposes that what is owed will not be paid; another person decides. */
  public Result proposeWriteOff(Wish wish, String reason) {
    return transactor.call(
        tx ->
            with(
                tx,
                wish,
                (open, settlement) -> {
                  Optional<String> not = notForWriteOff(open, settlement);
                  if (not.isPresent() || writeOffs.proposed(tx, settlement.id()).isPresent()) {
                    return new Result.NotNow(not.orElse("it is proposed already"));
                  }
                  WriteOff proposed = proposal(wish, settlement, reason);
                  writeOffs.insert(tx, proposed);
                  wish.entry().accept(tx);
                  return new Result.WrittenDown(proposed);
                }));
  }

  private WriteOff proposal(Wish wish, Settlement settlement, String reason) {
    return new WriteOff(
        ids.next(),
        settlement.operatorId(),
        settlement.id(),
        new Money(settlement.amount().currency(), settlement.owedMinor()),
        reason,
        WriteOff.State.PROPOSED,
        wish.who(),
        time.now(),
        null,
        null);
  }

  /** Why a settlement cannot be written off. */
  private static Optional<String> notForWriteOff(OpenSettlements open, Settlement settlement) {
    boolean owed =
        switch (settlement.state()) {
          case MANUAL, DEBT, PARTIAL -> settlement.owedMinor() > 0;
          case NONE, PENDING, SETTLED, REFUNDED, WRITTEN_OFF -> false;
        };
    if (!owed) {
      return Optional.of("it is " + settlement.state().code());
    }
    if (open.operations(settlement).stream().anyMatch(op -> op.state().isOpen())) {
      return Optional.of("the outcome of a payment is not known");
    }
    StartHold hold = open.hold(settlement);
    ProviderKey holder = hold == null || !hold.holdsMoney() ? null : hold.via();
    return holder != null && holder.accountId() == null
        ? Optional.of("its hold is not used yet: try again first")
        : Optional.empty();
  }

  /**
   * Approves or rejects a write-off, by another person than who proposed it.
   *
   * @param wish with the write-off's settlement
   */
  public Result decideWriteOff(Wish wish, long writeOffId, boolean approve) {
    return transactor.call(
        tx -> with(tx, wish, (open, s) -> decide(tx, wish, writeOffId, approve, open, s)));
  }

  private Result decide(
      Tx tx, Wish wish, long id, boolean approve, OpenSettlements open, Settlement settlement) {
    Optional<WriteOff> found =
        writeOffs
            .byId(tx, wish.operatorId(), id)
            .filter(writeOff -> writeOff.settlementId() == settlement.id());
    if (found.isEmpty()) {
      return new Result.NotFound();
    }
    WriteOff writeOff = found.get();
    if (writeOff.state() != WriteOff.State.PROPOSED) {
      return new Result.NotNow("it is " + writeOff.state().code());
    }
    if (approve) {
      Optional<Result> refusal = refusal(wish, writeOff, open, settlement);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      writeOff(tx, writeOff, open, settlement);
    }
    WriteOff decided = writeOff.decided(approve, wish.who(), time.now());
    writeOffs.update(tx, decided);
    wish.entry().accept(tx);
    return new Result.WrittenDown(decided);
  }

  private static Optional<Result> refusal(
      Wish wish, WriteOff writeOff, OpenSettlements open, Settlement settlement) {
    if (writeOff.proposer().person().equals(wish.who().person())) {
      return Optional.of(new Result.OwnWork());
    }
    if (writeOff.amount().minor() != settlement.owedMinor()) {
      return Optional.of(new Result.NotNow("something was paid meanwhile"));
    }
    return notForWriteOff(open, settlement).map(Result.NotNow::new);
  }

  private void writeOff(Tx tx, WriteOff writeOff, OpenSettlements open, Settlement settlement) {
    StartHold hold = open.hold(settlement);
    if (hold != null && hold.state() == HoldState.HELD) {
      open.put(hold.ofSession(settlement.sessionId()).closed(HoldState.RELEASED, 0));
    }
    open.put(
        settlement.with(
            SettlementState.WRITTEN_OFF, settlement.settledMinor(), writeOff.reason(), time.now()));
    open.store();
    forget(tx, open, settlement);
    stores.sessions().settlementStates(tx, Map.of(settlement.sessionId(), SettlementState.DEBT));
    journals.post(tx, List.of(entry(writeOff, open.bill(settlement), settlement)));
  }

  /** The receivable is lost; the operator's pending share of it is not owed to him any more. */
  private static JournalEntry entry(WriteOff writeOff, Bill bill, Settlement settlement) {
    long operator = settlement.operatorId();
    String currency = settlement.amount().currency();
    long owed = settlement.owedMinor();
    long share = bill.excl().minor() - SettlementPostings.share(bill, settlement.settledMinor());
    Long driver = settlement.driverId();
    Account receivable =
        driver == null
            ? Account.receivableUnassigned(operator, currency)
            : Account.receivable(operator, driver, currency);
    Account badDebt = Account.badDebt(operator, currency);
    return new JournalEntry(
        "write_off:" + writeOff.id(),
        "write_off",
        writeOff.id(),
        operator,
        List.of(
            Posting.debit(badDebt, owed),
            Posting.credit(receivable, owed),
            Posting.debit(Account.payablePending(operator, currency), share),
            Posting.credit(badDebt, share)));
  }
}
