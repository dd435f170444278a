package org.ampay.payment;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.promotion.Benefits;
import org.ampay.charging.StartGuard.Request;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerGroup;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.roaming.RoamingProvider;
import org.ampay.store.GroupCommit;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;
import org.ampay.tariff.DriverTerms;
import org.jspecify.annotations.Nullable;

/**
 * Decides and writes a group of reservations, one after the other, under the locks of all their
 * tokens and wallets.
 *
 * <p>One sweep job a half minute serves all holds whose deadline falls into it; it is inserted with
 * the first of them.
 */
public final class HoldWriter implements GroupCommit.Writer<Request, Verdict> {

  private static final long SWEEP_EVERY_MS = 30_000;

  /** What it works with. */
  public record Parts(
      HoldStore holds,
      Journals journals,
      Providers providers,
      PaymentMethods methods,
      JobStore jobs,
      Benefits benefits,
      OrderStarts orders,
      IdSource holdIds) {

    /** Whether money is set aside at a start: not of what is charged after the end. */
    boolean holdsAtStart(PaymentMethod method) {
      return method.saved() == null
          && inLedger(method.via()).capabilities().can(CommandKind.AUTHORIZE);
    }

    /** A provider in our ledger, as it holds money at a start. */
    LedgerProvider inLedger(ProviderKey via) {
      if (providers.find(via).orElse(null) instanceof LedgerProvider ledger) {
        return ledger;
      }
      throw new IllegalStateException("no provider in our ledger is called " + via.provider());
    }
  }

  private final Parts parts;
  private final TimeSource time;
  private final Duration patience;
  private final AtomicLong sweepAtMs = new AtomicLong();

  /**
   * A writer.
   *
   * @param patience how long a hold waits for its session
   */
  public HoldWriter(Parts parts, TimeSource time, Duration patience) {
    this.parts = parts;
    this.time = time;
    this.patience = patience;
  }

  @Override
  public List<Verdict> write(Tx tx, List<Request> requests) {
    return new Group(tx, requests).write();
  }

  @Override
  public Optional<Verdict> find(Tx tx, Request request) {
    StartHold hold =
        parts.holds().byKeys(tx, List.of(WalletGuard.key(request))).get(WalletGuard.key(request));
    return hold == null || mayBeHeldAgain(hold, request)
        ? Optional.empty()
        : Optional.of(verdict(hold));
  }

  private static Verdict verdict(StartHold hold) {
    AuthorizationStatus refusal = hold.refusal();
    return refusal == null
        ? new Verdict.Granted(hold.id(), hold.terms())
        : new Verdict.Refused(refusal);
  }

  /**
   * A repeat hears the same, except where the deadline passed before the session came, or where
   * another token is shown in a session whose first one was refused.
   */
  private static boolean mayBeHeldAgain(StartHold hold, Request request) {
    return switch (hold.state()) {
      case HELD, CAPTURED -> false;
      case RELEASED -> hold.sessionId() == null;
      case REFUSED ->
          !java.util.Objects.equals(hold.owner().tokenId(), request.authorization().tokenId());
    };
  }

  /** One transaction's work. */
  private final class Group {
    private final Tx tx;
    private final List<Request> requests;
    private final Map<ByteBuffer, StartHold> known;
    private final Map<Long, Integer> live;
    private final Map<Long, OrderStarts.Paid> orders;
    private final Benefits.Group benefits;
    private final LedgerGroup ledger;
    private final List<StartHold> added = new ArrayList<>();
    private final List<StartHold> changed = new ArrayList<>();
    private final List<StartHold> bound = new ArrayList<>();

    Group(Tx tx, List<Request> requests) {
      this.tx = tx;
      this.requests = requests;
      this.orders = new HashMap<>(parts.orders().lock(tx, orderIds(requests)));
      Set<Long> tokens = new TreeSet<>();
      Set<Account> accounts = new LinkedHashSet<>();
      for (Request request : requests) {
        Long token = request.authorization().tokenId();
        if (token != null) {
          tokens.add(token);
        }
        PaymentCommand command = command(request, 0);
        if (command != null) {
          accounts.addAll(parts.inLedger(via(request)).accounts(command));
        }
      }
      parts.holds().lockTokens(tx, tokens);
      this.known = new HashMap<>(parts.holds().byKeys(tx, WalletGuard.keys(requests)));
      this.live = new HashMap<>(parts.holds().live(tx, tokens));
      this.benefits = parts.benefits().open(tx, requests);
      this.ledger = parts.journals().lock(tx, accounts);
    }

    List<Verdict> write() {
      List<Verdict> verdicts = requests.stream().map(this::decide).toList();
      parts.holds().insert(tx, added);
      parts.holds().update(tx, changed);
      benefits.write();
      ledger.postNew();
      parts.orders().bound(tx, bound);
      if (!added.isEmpty() || !changed.isEmpty()) {
        planSweep(tx);
      }
      return verdicts;
    }

    private Verdict decide(Request request) {
      StartHold before = known.get(WalletGuard.key(request));
      if (before != null && !mayBeHeldAgain(before, request)) {
        return verdict(before);
      }
      StartHold hold =
          tooMany(request)
              ? refused(request, before, AuthorizationStatus.CONCURRENT_TX)
              : held(request, before);
      known.put(hold.key(), hold);
      (before == null ? added : changed).add(hold);
      Long token = request.authorization().tokenId();
      if (token != null && hold.state() == HoldState.HELD) {
        live.merge(token, 1, Integer::sum);
      }
      return verdict(hold);
    }

    private boolean tooMany(Request request) {
      Long token = request.authorization().tokenId();
      return token != null
          && live.getOrDefault(token, 0) >= request.authorization().maxConcurrent();
    }

    private StartHold held(Request request, @Nullable StartHold before) {
      long id = before == null ? parts.holdIds().next() : before.id();
      Long order = request.authorization().orderId();
      if (order != null) {
        return ofOrder(request, before, id, order);
      }
      PaymentCommand command = command(request, id);
      if (command == null || command.operation().amount().isZero()) {
        return hold(request, before, id, null);
      }
      LedgerProvider.Decision decision = parts.inLedger(via(request)).decide(command, ledger);
      if (!(decision.outcome() instanceof Outcome.Succeeded succeeded)) {
        return refused(request, before, AuthorizationStatus.NO_CREDIT);
      }
      StartHold hold = hold(request, before, id, succeeded);
      ledger.add(
          new JournalEntry(
              "hold:" + id + ":" + hold.timesHeld(),
              "hold",
              id,
              hold.owner().operatorId(),
              decision.postings()));
      return hold;
    }

    /** The money was held before; an order starts one session, at its place, while it waits. */
    private StartHold ofOrder(Request request, @Nullable StartHold before, long id, long orderId) {
      OrderStarts.Paid paid = orders.get(orderId);
      if (paid == null || !paid.startsAt(request.station().id(), request.evseNo())) {
        return refused(request, before, AuthorizationStatus.INVALID);
      }
      orders.remove(orderId);
      StartHold hold = hold(request, before, id, null).backedBy(paid);
      bound.add(hold);
      return hold;
    }

    private StartHold hold(
        Request request,
        @Nullable StartHold before,
        long id,
        Outcome.@Nullable Succeeded succeeded) {
      Money nothing = Money.zero(request.station().currency());
      return new StartHold(
          id,
          WalletGuard.key(request),
          owner(request),
          succeeded == null ? null : backing(via(request), id, succeeded),
          succeeded == null ? nothing : succeeded.done(),
          succeeded == null ? 0 : succeeded.gift().minor(),
          0,
          before == null ? 1 : before.timesHeld() + 1,
          HoldState.HELD,
          null,
          null,
          time.now().plus(patience),
          isPartner(request) ? DriverTerms.NONE : benefits.reserve(request, id),
          before == null ? time.now() : before.createdAt());
    }

    private StartHold refused(
        Request request, @Nullable StartHold before, AuthorizationStatus why) {
      return new StartHold(
          before == null ? parts.holdIds().next() : before.id(),
          WalletGuard.key(request),
          owner(request),
          null,
          Money.zero(request.station().currency()),
          0,
          0,
          before == null ? 0 : before.timesHeld(),
          HoldState.REFUSED,
          why,
          null,
          null,
          DriverTerms.NONE,
          before == null ? time.now() : before.createdAt());
    }
  }

  private static StartHold.Backing backing(ProviderKey via, long id, Outcome.Succeeded succeeded) {
    return new StartHold.Backing(via, null, "hold:" + id, succeeded.providerRef());
  }

  /** Who holds the money of a driver whose method is one in our ledger. */
  private ProviderKey via(Request request) {
    Long driver = request.authorization().driverId();
    return driver == null ? PaymentMethod.WALLET.via() : parts.methods().of(driver).via();
  }

  /** A partner pays wholesale prices: what its drivers get off them is its own matter. */
  private boolean isPartner(Request request) {
    return RoamingProvider.isPartners(via(request));
  }

  private static Set<Long> orderIds(List<Request> requests) {
    Set<Long> ids = new TreeSet<>();
    for (Request request : requests) {
      Long order = request.authorization().orderId();
      if (order != null) {
        ids.add(order);
      }
    }
    return ids;
  }

  /** Null when nobody is known to pay, the money was held before, or is charged after the end. */
  private @Nullable PaymentCommand command(Request request, long holdId) {
    Long driver = request.authorization().driverId();
    if (driver == null
        || request.authorization().orderId() != null
        || !parts.holdsAtStart(parts.methods().of(driver))) {
      return null;
    }
    Money amount = new Money(request.station().currency(), request.station().holdMinor());
    Operation operation =
        new Operation(
            holdId,
            request.station().operatorId(),
            driver,
            "hold:" + holdId,
            amount,
            "",
            time.now());
    return new PaymentCommand.Authorize(operation, DEFAULT_VALIDITY, null);
  }

  private static final Duration DEFAULT_VALIDITY = Duration.ofDays(30);

  private static StartHold.Owner owner(Request request) {
    return new StartHold.Owner(
        request.station().operatorId(),
        request.station().id(),
        request.authorization().tokenId(),
        request.authorization().driverId());
  }

  private void planSweep(Tx tx) {
    long due = time.now().plus(patience).toEpochMilli();
    long sweep = (due / SWEEP_EVERY_MS + 1) * SWEEP_EVERY_MS;
    if (sweep > sweepAtMs.get()) {
      parts.jobs().insert(tx, List.of(new NewJob(HoldExpiry.KIND, 0, Instant.ofEpochMilli(sweep))));
      tx.afterCommit(() -> sweepAtMs.accumulateAndGet(sweep, Math::max));
    }
  }
}
