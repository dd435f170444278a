package org.ampay.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What payers dispute at their banks, as the providers tell it. A dispute only goes forward
 * (warning, open, then won or lost), whatever order the news come in, and each step is posted once:
 *
 * <ul>
 *   <li>warning: nothing;
 *   <li>open: the provider has taken the money: Dr disputed, Cr psp_clearing;
 *   <li>won: the reverse;
 *   <li>lost: like a refund that nobody asked us about: the payable, taxes and the fee are reversed
 *       from disputed, with a credit. What had been given back already is a bad debt.
 * </ul>
 */
public final class Disputes {

  private static final Logger LOG = LoggerFactory.getLogger(Disputes.class);
  private static final int MAX_REASON_CHARS = 200;
  private static final int MAX_DEADLINE_CHARS = 40;

  private final SettlementStores stores;
  private final OperationCloser closer;
  private final Journals journals;
  private final IdSource ids;

  public Disputes(SettlementStores stores, Providers providers, Journals journals, IdSource ids) {
    this.stores = stores;
    this.closer = new OperationCloser(providers, journals);
    this.journals = journals;
    this.ids = ids;
  }

  /**
   * What a provider says.
   *
   * @param operationId of ours, that took the money
   */
  public record News(ProviderKey via, long operationId, Callback.Disputed dispute, Instant at) {}

  /**
   * Takes news; what is known already, or older than what is known, changes nothing.
   *
   * @param tx in which the news are closed: it must post nothing else
   */
  public void heard(Tx tx, News news) {
    Optional<PaymentOperation> found = stores.operations().operation(tx, news.operationId());
    if (found.isEmpty()
        || !found.get().amount().currency().equals(news.dispute().amount().currency())) {
      LOG.warn("dispute {} is of no payment of ours", news.dispute().disputeRef());
      return;
    }
    PaymentOperation operation = found.get();
    Dispute before = DisputeStore.lock(tx, draft(news, operation));
    State next = news.dispute().state();
    boolean isNew = before.updatedAt().equals(Instant.EPOCH);
    if (!isNew && Dispute.rank(next) <= Dispute.rank(before.state())) {
      if (Dispute.rank(next) == 3 && next != before.state()) {
        LOG.error("dispute {} is {}, now told as {}", before.id(), before.state(), next);
      }
      return;
    }
    Optional<Settlement> settlement = settlement(tx, operation);
    Dispute dispute =
        before.of(
            before.taken().isZero() ? news.dispute().amount() : before.amount(),
            settlement.map(Settlement::id).orElse(null),
            cut(news.dispute().reason(), MAX_REASON_CHARS),
            cut(news.dispute().deadline(), MAX_DEADLINE_CHARS));
    Step step = new Step(tx, dispute, operation, news.at());
    Dispute after =
        switch (next) {
          case WARNING -> dispute.to(next, dispute.taken(), news.at());
          case OPEN -> open(step, settlement);
          case WON -> won(step, settlement);
          case LOST -> lost(step, settlement);
        };
    DisputeStore.update(tx, after);
  }

  private record Step(Tx tx, Dispute dispute, PaymentOperation operation, Instant at) {

    Money zero() {
      return Money.zero(dispute.amount().currency());
    }

    Account clearing() {
      return Account.pspClearing(
          dispute.operatorId(),
          dispute.via().provider(),
          dispute.via().accountId(),
          dispute.amount().currency());
    }

    Account disputed() {
      return Account.disputed(
          dispute.operatorId(),
          dispute.via().provider(),
          dispute.via().accountId(),
          dispute.amount().currency());
    }

    JournalEntry entry(String kind, Account debit, Account credit, long minor) {
      return new JournalEntry(
          kind + ":" + dispute.id(),
          kind,
          dispute.id(),
          dispute.operatorId(),
          List.of(Posting.debit(debit, minor), Posting.credit(credit, minor)));
    }

    JournalEntry opening() {
      return entry("dispute_open", disputed(), clearing(), dispute.amount().minor());
    }
  }

  private Dispute draft(News news, PaymentOperation operation) {
    Money none = Money.zero(news.dispute().amount().currency());
    return new Dispute(
        ids.next(),
        operation.operatorId(),
        news.via(),
        news.dispute().disputeRef(),
        operation.id(),
        null,
        operation.driverId(),
        news.dispute().amount(),
        none,
        none,
        none,
        State.WARNING,
        "",
        "",
        news.at(),
        Instant.EPOCH);
  }

  /** What the operation paid: its own settlement, or that of its order's session. */
  private Optional<Settlement> settlement(Tx tx, PaymentOperation operation) {
    Long own = operation.settlementId();
    if (own != null) {
      return stores.settlements().byId(tx, operation.operatorId(), own);
    }
    Long order = operation.orderId();
    return order == null
        ? Optional.empty()
        : DisputeStore.sessionOf(tx, order)
            .flatMap(
                session -> stores.settlements().ofSession(tx, operation.operatorId(), session));
  }

  private Dispute open(Step step, Optional<Settlement> settlement) {
    settlement.ifPresent(s -> flag(step, s, "disputed: " + step.dispute().ref()));
    if (step.dispute().amount().isPositive()) {
      journals.post(step.tx(), List.of(step.opening()));
    }
    return step.dispute().to(State.OPEN, step.dispute().amount(), step.at());
  }

  private Dispute won(Step step, Optional<Settlement> settlement) {
    settlement.ifPresent(s -> flag(step, s, null));
    long taken = step.dispute().taken().minor();
    if (taken > 0) {
      journals.post(
          step.tx(), List.of(step.entry("dispute_won", step.clearing(), step.disputed(), taken)));
    }
    return step.dispute().to(State.WON, step.zero(), step.at());
  }

  /** The money's state stays as it is: that it is disputed is told beside it. */
  private void flag(Step step, Settlement found, @Nullable String reason) {
    OpenSettlements open = new OpenSettlements(step.tx(), stores, List.of(found.billId()));
    Settlement settlement = open.ofBill(found.billId()).orElseThrow();
    open.put(settlement.with(settlement.state(), settlement.settledMinor(), reason, step.at()));
    open.store();
  }

  private Dispute lost(Step step, Optional<Settlement> found) {
    Dispute dispute = step.dispute();
    long amount = dispute.amount().minor();
    List<JournalEntry> others = new ArrayList<>();
    if (dispute.taken().isZero() && amount > 0) {
      others.add(step.opening());
    }
    long reversed = found.map(settlement -> reverse(step, settlement, others)).orElse(0L);
    if (reversed == 0) {
      writeOff(step, others, amount);
      journals.post(step.tx(), others);
    }
    String currency = dispute.amount().currency();
    return dispute
        .to(State.LOST, step.zero(), step.at())
        .lost(new Money(currency, reversed), new Money(currency, amount - reversed));
  }

  private static void writeOff(Step step, List<JournalEntry> others, long minor) {
    if (minor > 0) {
      Account badDebt =
          Account.badDebt(step.dispute().operatorId(), step.dispute().amount().currency());
      others.add(step.entry("dispute_loss", badDebt, step.disputed(), minor));
    }
  }

  /** Reverses as much as was not given back yet; 0: nothing was posted. */
  private long reverse(Step step, Settlement found, List<JournalEntry> others) {
    OpenSettlements open = new OpenSettlements(step.tx(), stores, List.of(found.billId()));
    Settlement settlement = open.ofBill(found.billId()).orElseThrow();
    Optional<Takings.Taking> taking = taking(step, open, settlement);
    long amount = step.dispute().amount().minor();
    long reversed = Math.min(amount, taking.map(Takings.Taking::leftMinor).orElse(0L));
    if (reversed == 0) {
      return 0;
    }
    writeOff(step, others, amount - reversed);
    PaymentOperation op = refund(step, settlement, taking.orElseThrow(), reversed);
    open.addOperations(List.of(op));
    Settlement told =
        settlement.with(
            settlement.state(),
            settlement.settledMinor(),
            "dispute lost: " + step.dispute().ref(),
            step.at());
    open.put(told);
    closer.forced(
        step.tx(),
        open,
        new OperationCloser.Forced(told, op, Posting.credit(step.disputed(), reversed)),
        others);
    open.store();
    Settlement now = open.ofBill(found.billId()).orElseThrow();
    stores.sessions().settlementStates(step.tx(), Map.of(now.sessionId(), now.ofSession()));
    return reversed;
  }

  /** What the disputed operation took: by itself, or by what it set aside. */
  private Optional<Takings.Taking> taking(Step step, OpenSettlements open, Settlement settlement) {
    List<Takings.Taking> takings = Takings.of(step.tx(), stores, open, settlement);
    return takings.stream()
        .filter(taking -> taking.by().id() == step.operation().id())
        .findFirst()
        .or(
            () ->
                takings.stream()
                    .filter(taking -> taking.by().via().equals(step.dispute().via()))
                    .findFirst());
  }

  private PaymentOperation refund(
      Step step, Settlement settlement, Takings.Taking taking, long minor) {
    Dispute dispute = step.dispute();
    return new PaymentOperation(
        ids.next(),
        dispute.operatorId(),
        new PaymentOperation.About(settlement.id(), null, null, taking.by().id()),
        Objects.requireNonNull(settlement.driverId(), "who paid is known"),
        dispute.via(),
        CommandKind.REFUND,
        "dispute-" + dispute.id(),
        new Money(dispute.amount().currency(), minor),
        new PaymentOperation.Result(
            OperationState.SUCCEEDED, minor, 0, dispute.ref(), "dispute lost", 1, null),
        step.at(),
        step.at());
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
