package org.ampay.payment;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ampay.base.Money;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.JournalRow;
import org.ampay.ledger.LedgerStore;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.tariff.DriverTerms;

/** What a simulation looks up and puts in, beside the ways of the product. */
public final class SimStores {

  private static final long REMOTE_HOLDS = 1_000_000;
  private static final int ALL = 100_000;

  private SimStores() {}

  /** A start that was paid by a hold at the provider; made once. */
  public static long remoteHold(MoneyWorld world, long session, long driver, long minor) {
    long id = REMOTE_HOLDS + session;
    ByteBuffer key = ByteBuffer.wrap(MoneyWorld.key(session));
    StartHold hold =
        new StartHold(
            id,
            key,
            new StartHold.Owner(MoneyWorld.OPERATOR, MoneyWorld.STATION, driver, driver),
            new StartHold.Backing(
                ProviderKey.inLedger("sim"), null, "hold-of-" + session, "sim_hold-of-" + session),
            new Money("CNY", minor),
            0,
            0,
            1,
            HoldState.HELD,
            null,
            null,
            world.time.now().plusSeconds(86_400),
            DriverTerms.NONE,
            world.time.now());
    world.transactor.run(
        tx -> {
          if (world.stores.holds().byKeys(tx, List.of(key)).isEmpty()) {
            world.stores.holds().insert(tx, List.of(hold));
          }
        });
    return id;
  }

  /** The id of a session's settlement. */
  public static Optional<Long> settlement(MoneyWorld world, long session) {
    return new Settlements(world.transactor, world.stores)
        .ofSession(MoneyWorld.OPERATOR, session)
        .map(detail -> detail.settlement().id());
  }

  public static Optional<PaymentOperation> operation(
      MoneyWorld world, String provider, String reference) {
    return world.transactor.call(
        tx ->
            Optional.ofNullable(
                world
                    .stores
                    .operations()
                    .byReferences(tx, provider, List.of(reference))
                    .get(reference)));
  }

  /** All operations of settlements, by reference. */
  public static Map<String, PaymentOperation> operations(MoneyWorld world) {
    return world.transactor.call(
        tx -> {
          List<Long> settlements =
              world
                  .stores
                  .settlements()
                  .list(tx, null, null, new SettlementStore.Before(Long.MAX_VALUE, ALL))
                  .stream()
                  .map(Settlement::id)
                  .toList();
          return world.stores.settlements().operations(tx, settlements).values().stream()
              .flatMap(List::stream)
              .collect(Collectors.toMap(PaymentOperation::reference, op -> op));
        });
  }

  public static List<JournalRow> journals(MoneyWorld world) {
    return world.transactor.call(
        tx -> world.stores.ledger().journals(tx, null, new LedgerStore.Page(0, ALL)));
  }

  public static List<AccountRow> accounts(MoneyWorld world) {
    return world.transactor.call(
        tx -> world.stores.ledger().accounts(tx, null, "", new LedgerStore.Page(0, ALL)));
  }
}
