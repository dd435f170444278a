package org.ampay.payment.callback;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.callback.CallbackStore.Known;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.store.Database;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes callbacks in. First the provider says whether it is true and for this account, then it is
 * compared with our row of the operation, then it is stored with the job that applies it; only then
 * it is acknowledged. A refused one is counted and changes nothing. A repeat is acknowledged and
 * changes nothing either.
 */
public final class Inbox {

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final String TEXT = "text/plain";
  private static final int LONGEST_EVENT_ID = 100;

  /** What the inbox stands on. */
  public record Ground(
      Database database,
      PaymentAccounts accounts,
      JobStore jobs,
      IdSource ids,
      TimeSource time,
      MeterRegistry meters) {}

  private final Ground on;
  private final CallbackStore store = new CallbackStore();

  public Inbox(Ground on) {
    this.on = on;
  }

  /** What became of a callback beyond being refused; counted by this. */
  private enum Taken {
    STORED,
    REPEATED,
    IRRELEVANT,
    FAILED
  }

  /**
   * Takes one in.
   *
   * @param provider as in its address
   * @param code of the account, as in its address
   * @return what the provider is answered
   */
  public CallbackAnswer receive(String provider, String code, RawCallback raw) {
    PaymentAccount account = on.accounts().ofHook(provider, code).orElse(null);
    RemoteProvider opened =
        account == null ? null : on.accounts().provider(account.id()).orElse(null);
    if (account == null) {
      return refused("unknown", Callback.Refusal.UNKNOWN_ACCOUNT);
    }
    if (opened == null) {
      count(provider, Taken.FAILED.name());
      return new CallbackAnswer(503, TEXT, "the account cannot be opened");
    }
    try {
      return receive(account, opened, raw);
    } catch (StoreException e) {
      count(provider, Taken.FAILED.name());
      LOG.warn("a callback of {} could not be stored: {}", provider, e.toString());
      return opened.again();
    }
  }

  /** Counts a callback whose body was too large to be read. */
  public CallbackAnswer tooLarge(String provider, String code) {
    boolean known = on.accounts().ofHook(provider, code).isPresent();
    return refused(known ? provider : "unknown", Callback.Refusal.TOO_LARGE);
  }

  private CallbackAnswer receive(PaymentAccount account, RemoteProvider provider, RawCallback raw) {
    Callback said = verified(provider, raw);
    return switch (said) {
      case Callback.Refused refused -> refused(account.provider(), refused.why());
      case Callback.Irrelevant _ -> {
        count(account.provider(), Taken.IRRELEVANT.name());
        yield provider.acknowledged();
      }
      case Callback.News news ->
          take(
              account,
              provider,
              raw,
              new Claim(
                  StoredCallback.Kind.NEWS,
                  news.eventId(),
                  news.reference(),
                  news.providerRef(),
                  news.amount(),
                  CallbackJson.write(news)));
      case Callback.Disputed dispute ->
          take(
              account,
              provider,
              raw,
              new Claim(
                  StoredCallback.Kind.DISPUTE,
                  dispute.eventId(),
                  dispute.reference(),
                  dispute.providerRef(),
                  dispute.amount(),
                  CallbackJson.write(dispute)));
    };
  }

  /** A provider's fault is no reason to believe anything. */
  private static Callback verified(RemoteProvider provider, RawCallback raw) {
    try {
      return provider.verify(raw);
    } catch (RuntimeException e) {
      LOG.warn("a callback of {} could not be read: {}", provider.name(), e.toString());
      return new Callback.Refused(Callback.Refusal.UNREADABLE);
    }
  }

  /** What a true callback says, to be compared with our row. */
  private record Claim(
      StoredCallback.Kind kind,
      String eventId,
      String reference,
      String providerRef,
      Money amount,
      String news) {}

  private CallbackAnswer take(
      PaymentAccount account, RemoteProvider provider, RawCallback raw, Claim claim) {
    if (claim.eventId().isEmpty() || claim.eventId().length() > LONGEST_EVENT_ID) {
      return refused(account.provider(), Callback.Refusal.UNREADABLE);
    }
    Verdict verdict;
    try {
      verdict = on.database().transactor().call(tx -> take(tx, account, raw, claim));
    } catch (StoreException.DuplicateKey e) {
      verdict = new Verdict.Done(Taken.REPEATED); // the same one came twice at once
    }
    return switch (verdict) {
      case Verdict.No(Callback.Refusal why) -> refused(account.provider(), why);
      case Verdict.Done(Taken taken) -> {
        count(account.provider(), taken.name());
        yield provider.acknowledged();
      }
    };
  }

  /** What a comparison with our rows comes to. */
  private sealed interface Verdict {
    record Done(Taken taken) implements Verdict {}

    record No(Callback.Refusal why) implements Verdict {}
  }

  private Verdict take(Tx tx, PaymentAccount account, RawCallback raw, Claim claim) {
    if (store.isKnown(tx, account.id(), claim.eventId())) {
      return new Verdict.Done(Taken.REPEATED);
    }
    Known known = known(tx, account.id(), claim).orElse(null);
    Callback.Refusal why =
        known == null ? Callback.Refusal.UNKNOWN_REFERENCE : difference(known, claim);
    if (known == null || why != null) {
      return new Verdict.No(Objects.requireNonNull(why));
    }
    StoredCallback stored =
        new StoredCallback(
            on.ids().next(),
            account.operatorId(),
            account.id(),
            claim.eventId(),
            known.id(),
            claim.kind(),
            claim.news(),
            raw.receivedAt(),
            null);
    store.insert(tx, stored, Digests.sha256(raw.body()));
    on.jobs().insert(tx, List.of(new NewJob(CallbackWork.KIND, stored.id(), on.time().now())));
    return new Verdict.Done(Taken.STORED);
  }

  /** Our reference counts; where the provider tells only its own id, that does. */
  private Optional<Known> known(Tx tx, long accountId, Claim claim) {
    if (!claim.reference().isEmpty()) {
      return store.byReference(tx, accountId, claim.reference());
    }
    return claim.providerRef().isEmpty()
        ? Optional.empty()
        : store.byProviderRef(tx, accountId, claim.providerRef());
  }

  /** News are about the whole amount of the operation; a dispute may be about a part of it. */
  private static Callback.@Nullable Refusal difference(Known row, Claim claim) {
    if (!row.amount().currency().equals(claim.amount().currency())) {
      return Callback.Refusal.OTHER_CURRENCY;
    }
    boolean fits =
        switch (claim.kind()) {
          case NEWS -> row.amount().equals(claim.amount());
          case DISPUTE -> claim.amount().compareTo(row.amount()) <= 0;
        };
    return fits ? null : Callback.Refusal.OTHER_AMOUNT;
  }

  private CallbackAnswer refused(String provider, Callback.Refusal why) {
    count(provider, "refused_" + why.code());
    int status =
        switch (why) {
          case UNKNOWN_ACCOUNT -> 404;
          case TOO_LARGE -> 413;
          case NO_SIGNATURE, WRONG_SIGNATURE, TOO_OLD, FROM_THE_FUTURE -> 401;
          case OTHER_MERCHANT, UNREADABLE, OTHER_AMOUNT, OTHER_CURRENCY, UNKNOWN_REFERENCE -> 400;
        };
    return new CallbackAnswer(status, TEXT, "refused: " + why.code());
  }

  private void count(String provider, String result) {
    on.meters()
        .counter("ampay.callbacks", "provider", provider, "result", result.toLowerCase(Locale.ROOT))
        .increment();
  }

  /** An account's callbacks that were believed, newest first. */
  public List<StoredCallback> list(long operatorId, long accountId, long beforeId, int limit) {
    return CallbackStore.list(on.database(), operatorId, accountId, beforeId, limit);
  }
}
