package org.ampay.payment.order;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.ampay.base.Digests;
import org.ampay.payment.OrderStarts;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.order.Placed.Refusal;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.store.NewJob;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Makes orders: everything is checked, then stored, then the payer is asked. */
final class OrderMaking {

  private static final int CODE_BYTES = 16;

  private final OrderParts parts;
  private final OrderOutcomes outcomes;
  private final OrderMachine machine;
  private final Orders.World world;
  private final PayWays ways;
  private final OrderSettings settings;

  OrderMaking(
      OrderParts parts,
      OrderOutcomes outcomes,
      OrderMachine machine,
      Orders.World world,
      PayWays ways,
      OrderSettings settings) {
    this.parts = parts;
    this.outcomes = outcomes;
    this.machine = machine;
    this.world = world;
    this.ways = ways;
    this.settings = settings;
  }

  /** What became of a wish. */
  sealed interface Made {

    /** It stands, now or since before. */
    record Order(long id, boolean isNew) implements Made {}

    record No(Refusal why) implements Made {}
  }

  Made make(NewOrder draft, BiConsumer<Tx, PaymentOrder> alongside) {
    Optional<ChargePlaces.Spot> spot = world.stations().places().find(draft.payCode());
    if (spot.isEmpty()) {
      return new Made.No(Refusal.UNKNOWN_CODE);
    }
    ByteBuffer key = key(spot.get(), draft);
    Optional<Made> before = known(key);
    if (before.isPresent()) {
      return before.get();
    }
    Optional<Refusal> refusal = refusal(spot.get(), draft);
    if (refusal.isPresent()) {
      return new Made.No(refusal.get());
    }
    Long driver = null;
    WalletLogin login = draft.wallet();
    if (draft.flow() == Flow.WALLET) {
      OptionalLong found =
          login == null
              ? OptionalLong.empty()
              : world.logins().driver(spot.get().station().operatorId(), login);
      if (found.isEmpty()) {
        return new Made.No(Refusal.WALLET_LOGIN);
      }
      driver = found.getAsLong();
    }
    return store(new Wish(spot.get(), draft, key, driver), alongside);
  }

  /**
   * A wish that was checked.
   *
   * @param driverId who signed in; null: nobody
   */
  private record Wish(
      ChargePlaces.Spot spot, NewOrder draft, ByteBuffer key, @Nullable Long driverId) {}

  private static ByteBuffer key(ChargePlaces.Spot spot, NewOrder draft) {
    return ByteBuffer.wrap(
        Digests.key16("order", spot.station().id(), spot.evseNo(), draft.idempotencyKey()));
  }

  private Optional<Made> known(ByteBuffer key) {
    return parts
        .transactor()
        .call(tx -> parts.stores().orders().byKey(tx, key))
        .map(row -> new Made.Order(row.id(), false));
  }

  private Optional<Refusal> refusal(ChargePlaces.Spot spot, NewOrder draft) {
    Optional<PayWay> way = ways.chosen(spot.station(), draft);
    if (way.isEmpty()) {
      return Optional.of(Refusal.WAY);
    }
    boolean within =
        draft.amount().currency().equals(spot.station().currency())
            && draft.amount().compareTo(way.get().least()) >= 0
            && draft.amount().compareTo(way.get().most()) <= 0;
    if (!within) {
      return Optional.of(Refusal.AMOUNT);
    }
    return switch (world.stations().places().readiness(spot)) {
      case READY -> Optional.empty();
      case OFFLINE -> Optional.of(Refusal.OFFLINE);
      case NO_TARIFF -> Optional.of(Refusal.NO_TARIFF);
      case BUSY -> Optional.of(Refusal.EVSE_BUSY);
    };
  }

  private Made store(Wish wish, BiConsumer<Tx, PaymentOrder> alongside) {
    Stored stored;
    try {
      stored = parts.transactor().call(tx -> store(tx, wish, alongside));
    } catch (NoCredit none) {
      return new Made.No(Refusal.NO_CREDIT);
    } catch (StoreException.DuplicateKey taken) {
      return known(wish.key()).orElse(new Made.No(Refusal.EVSE_BUSY));
    }
    if (stored.operation().state().isOpen()) {
      machine.send(stored.operation(), stored.command());
      settleIfRefused(stored);
    }
    return new Made.Order(stored.row().id(), true);
  }

  /** A provider that takes no order is told to the payer at once, and the EVSE is free again. */
  private void settleIfRefused(Stored stored) {
    Optional<PaymentOperation> now =
        parts
            .transactor()
            .call(tx -> parts.stores().operations().operation(tx, stored.operation().id()));
    if (now.isPresent() && !now.get().state().isOpen() && !now.get().succeeded()) {
      machine.advance(stored.row().id(), false);
    }
  }

  private record Stored(OrderRow row, PaymentOperation operation, PaymentCommand command) {}

  private Stored store(Tx tx, Wish wish, BiConsumer<Tx, PaymentOrder> alongside) {
    OrderRow row = row(tx, wish);
    parts.stores().orders().insert(tx, row);
    Instant now = row.createdAt();
    CommandKind kind =
        row.payer().flow() == Flow.PREPAID ? CommandKind.PRESENT : CommandKind.AUTHORIZE;
    PaymentOperation ask =
        OrderMachine.operation(parts, row, kind, row.amount().minor(), null, now);
    PaymentCommand command = OrderCommands.of(row, List.of(ask), ask, settings.payIn());
    parts.stores().operations().insertOperations(tx, List.of(ask));
    PaymentProvider provider = parts.providers().find(ask.via()).orElse(null);
    boolean atOnce = provider instanceof LedgerProvider;
    if (provider instanceof LedgerProvider ledger) {
      Outcome outcome = outcomes.decided(tx, ledger, ask, command);
      if (!(outcome instanceof Outcome.Succeeded)) {
        throw new NoCredit();
      }
      ask = ask.closed(outcome, now);
    }
    Instant first = atOnce ? now : now.plus(settings.soon());
    parts.stores().jobs().insert(tx, List.of(new NewJob(OrderStarts.KIND, row.id(), first)));
    alongside.accept(tx, OrderView.of(row, List.of(ask)));
    return new Stored(row, ask, command);
  }

  private OrderRow row(Tx tx, Wish wish) {
    long id = parts.ids().next();
    Instant now = parts.time().now();
    NewOrder draft = wish.draft();
    long operator = wish.spot().station().operatorId();
    OrderParties.Party party =
        parts.stores().parties().begin(tx, operator, id, wish.driverId(), draft.language());
    return new OrderRow(
        id,
        operator,
        code(world.random()),
        wish.key(),
        new OrderRow.Place(wish.spot().station().id(), wish.spot().evseNo()),
        new OrderRow.Payer(
            party.driverId(),
            party.tokenId(),
            party.tokenUid(),
            draft.via(),
            draft.flow(),
            draft.form(),
            draft.language(),
            draft.returnUrl().toString(),
            draft.clientIp()),
        draft.amount(),
        OrderRow.Progress.waiting(now.plus(settings.payIn()), now),
        now);
  }

  /** 128 bits: nobody guesses it. */
  private static String code(RandomGenerator random) {
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Undoes the transaction of an order that the wallet cannot pay. */
  private static final class NoCredit extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoCredit() {
      super("not enough money");
    }
  }
}
