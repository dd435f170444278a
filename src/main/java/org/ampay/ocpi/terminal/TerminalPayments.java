package org.ampay.ocpi.terminal;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.ampay.base.Digests;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ocpi.Partner;
import org.ampay.payment.TakenElsewhere;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.roaming.TerminalProvider;
import org.ampay.store.StoreException;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Pays sessions by what services of card terminals confirm to have taken: from then on the service
 * owes it to us. A confirmation is taken once, however often it is told; one that failed may be
 * followed by another word under the same id.
 */
public final class TerminalPayments {

  private static final int ATTEMPTS = 4;

  private final Transactor transactor;
  private final SessionReferences references;
  private final TakenElsewhere payments;
  private final TimeSource time;

  public TerminalPayments(
      Transactor transactor,
      SessionReferences references,
      TakenElsewhere payments,
      TimeSource time) {
    this.transactor = transactor;
    this.references = references;
    this.payments = payments;
    this.time = time;
  }

  /** What came of a confirmation. */
  public sealed interface Result {

    /**
     * It is stored, now or before.
     *
     * @param settlement of the session's bill; null when nothing was taken
     */
    record Taken(boolean isNew, @Nullable SettlementState settlement) implements Result {}

    /** No session was started with that reference. */
    record UnknownReference() implements Result {}

    /** The session has no bill yet: to be told again. */
    record NotYet() implements Result {}

    /** More than is owed for the session, or in another currency. */
    record TooMuch(Money owed) implements Result {}

    /** The id was used for something else that was taken. */
    record Conflict() implements Result {}
  }

  /**
   * Takes a confirmation of a registered partner. Blocks.
   *
   * <p>The same word may come many times at once: who is too late finds all paid, or a row there
   * that it was about to add, and looks again.
   */
  public Result confirm(Partner partner, Confirmation confirmation) {
    for (int attempt = 1; ; attempt++) {
      try {
        Result result = transactor.call(tx -> confirm(tx, partner, confirmation));
        if (!(result instanceof Result.TooMuch) || attempt >= ATTEMPTS) {
          return result;
        }
      } catch (StoreException.DuplicateKey e) {
        if (attempt >= ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Result confirm(Tx tx, Partner partner, Confirmation confirmation) {
    Optional<AdviceStore.Row> before = AdviceStore.lock(tx, partner.id(), key(confirmation));
    if (before.isPresent() && before.get().operationId() != null) {
      return before.get().says(confirmation)
          ? new Result.Taken(false, null)
          : new Result.Conflict();
    }
    Optional<Long> session =
        references.session(tx, partner.id(), confirmation.authorizationReference());
    if (session.isEmpty() || before.filter(row -> row.sessionId() != session.get()).isPresent()) {
      return session.isEmpty() ? new Result.UnknownReference() : new Result.Conflict();
    }
    return switch (confirmation.status()) {
      case FAILED -> failed(tx, partner, confirmation, session.get(), before.isPresent());
      case SUCCESS, PARTIAL_SUCCESS ->
          taken(tx, partner, confirmation, session.get(), before.isPresent());
    };
  }

  private static String key(Confirmation confirmation) {
    return confirmation.id().toLowerCase(Locale.ROOT);
  }

  private Result failed(
      Tx tx, Partner partner, Confirmation confirmation, long session, boolean known) {
    AdviceStore.put(tx, row(partner, confirmation, session, null), confirmation, known);
    return new Result.Taken(!known, null);
  }

  private Result taken(
      Tx tx, Partner partner, Confirmation confirmation, long session, boolean known) {
    Account owedBy =
        Account.roaming(partner.operatorId(), partner.id(), confirmation.total().currency());
    TakenElsewhere.Result result =
        payments.paid(
            tx,
            new TakenElsewhere.Taken(
                partner.operatorId(),
                session,
                ProviderKey.inLedger(TerminalProvider.NAME),
                reference(partner, confirmation),
                confirmation.total(),
                owedBy,
                time.now()));
    return switch (result) {
      case TakenElsewhere.Result.Paid(long operation, SettlementState state) -> {
        AdviceStore.put(tx, row(partner, confirmation, session, operation), confirmation, known);
        yield new Result.Taken(!known, state);
      }
      case TakenElsewhere.Result.NotYet _ -> new Result.NotYet();
      case TakenElsewhere.Result.TooMuch(Money owed) -> new Result.TooMuch(owed);
    };
  }

  private static String reference(Partner partner, Confirmation confirmation) {
    byte[] digest = Digests.key16("advice", partner.id(), key(confirmation));
    return "f" + HexFormat.of().formatHex(digest).substring(1);
  }

  private AdviceStore.Row row(
      Partner partner, Confirmation confirmation, long session, @Nullable Long operation) {
    return new AdviceStore.Row(
        partner.id(),
        key(confirmation),
        partner.operatorId(),
        session,
        confirmation.total(),
        confirmation.status(),
        operation,
        time.now());
  }

  /** What a partner has confirmed under an id: the body as it was received. */
  public Optional<String> find(Partner partner, String id) {
    return transactor.call(tx -> AdviceStore.body(tx, partner.id(), id.toLowerCase(Locale.ROOT)));
  }
}
