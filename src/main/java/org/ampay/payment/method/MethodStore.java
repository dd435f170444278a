package org.ampay.payment.method;

import static org.ampay.store.tables.Tables.ACCOUNT;
import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.DRIVER_METHOD;
import static org.ampay.store.tables.Tables.DRIVER_PIN;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.DriverMethodRecord;
import org.ampay.store.tables.DriverPinRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** How drivers pay, and their PINs. */
final class MethodStore {

  /** Counted with each change. */
  static final String COUNTER = "driver_methods";

  private final Database database;
  private final ChangeCounter counter;

  MethodStore(Database database) {
    this.database = database;
    this.counter = new ChangeCounter(database, COUNTER);
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  long version() {
    return counter.version();
  }

  /** Every driver with another method than the wallet. */
  Map<Long, DriverMethod> all() {
    Map<Long, DriverMethod> all = new HashMap<>();
    database
        .dsl()
        .selectFrom(DRIVER_METHOD)
        .forEach(row -> all.put(row.getDriverId(), method(row)));
    return all;
  }

  private static DriverMethod method(DriverMethodRecord row) {
    return switch (row.getKind()) {
      case "invoice" ->
          new DriverMethod.Invoice(
              new Money(row.getCurrency(), Objects.requireNonNullElse(row.getCreditMinor(), 0L)));
      case "roaming", "terminal" ->
          new DriverMethod.Roaming(limit(row), row.getKind().equals("terminal"));
      case "saved" ->
          new DriverMethod.Saved(
              new ProviderKey(row.getProvider(), row.getAccountId()),
              new SavedMethod(row.getPayer(), row.getMethod()));
      default -> throw new IllegalStateException("a driver pays by '" + row.getKind() + "'");
    };
  }

  private static @Nullable Money limit(DriverMethodRecord row) {
    Long limit = row.getCreditMinor();
    return limit == null ? null : new Money(row.getCurrency(), limit);
  }

  boolean isDriver(Tx tx, long operatorId, long driverId) {
    return dsl(tx)
        .fetchExists(
            DRIVER,
            DRIVER
                .ID
                .eq(driverId)
                .and(DRIVER.OPERATOR_ID.eq(operatorId))
                .and(DRIVER.KIND.ne(PartnerPayers.KIND)));
  }

  void put(Tx tx, long operatorId, long driverId, DriverMethod method, Instant at) {
    dsl(tx).deleteFrom(DRIVER_METHOD).where(DRIVER_METHOD.DRIVER_ID.eq(driverId)).execute();
    DriverMethodRecord row = new DriverMethodRecord();
    row.setDriverId(driverId);
    row.setOperatorId(operatorId);
    row.setKind(method.kind());
    row.setChangedAt(at);
    switch (method) {
      case DriverMethod.Wallet _ -> {}
      case DriverMethod.Roaming roaming -> {
        Money limit = roaming.limit();
        row.setCurrency(limit == null ? null : limit.currency());
        row.setCreditMinor(limit == null ? null : limit.minor());
      }
      case DriverMethod.Invoice(Money credit) -> {
        row.setCurrency(credit.currency());
        row.setCreditMinor(credit.minor());
      }
      case DriverMethod.Saved(ProviderKey via, SavedMethod saved) -> {
        row.setProvider(via.provider());
        row.setAccountId(via.accountId());
        row.setPayer(saved.payer());
        row.setMethod(saved.method());
      }
    }
    if (!(method instanceof DriverMethod.Wallet)) {
      dsl(tx).insertInto(DRIVER_METHOD).set(row).execute();
    }
    counter.changed(tx);
  }

  /** The credit limit of an account that is locked. */
  void limit(Tx tx, long accountId, long minor) {
    dsl(tx)
        .update(ACCOUNT)
        .set(ACCOUNT.LIMIT_MINOR, minor)
        .where(ACCOUNT.ID.eq(accountId))
        .execute();
  }

  /**
   * A driver's PIN.
   *
   * @param wrong tries in a row
   */
  record Pin(String hash, int wrong, @Nullable Instant lockedUntil) {}

  /** Locked until the end of the transaction. */
  Optional<Pin> lockPin(Tx tx, long operatorId, long driverId) {
    return dsl(tx)
        .selectFrom(DRIVER_PIN)
        .where(DRIVER_PIN.DRIVER_ID.eq(driverId))
        .and(DRIVER_PIN.OPERATOR_ID.eq(operatorId))
        .forUpdate()
        .fetchOptional(r -> new Pin(r.getHash(), r.getWrong(), r.getLockedUntil()));
  }

  boolean hasPin(long operatorId, long driverId) {
    return database
        .dsl()
        .fetchExists(
            DRIVER_PIN,
            DRIVER_PIN.DRIVER_ID.eq(driverId).and(DRIVER_PIN.OPERATOR_ID.eq(operatorId)));
  }

  void tried(Tx tx, long driverId, int wrong, @Nullable Instant lockedUntil) {
    dsl(tx)
        .update(DRIVER_PIN)
        .set(DRIVER_PIN.WRONG, wrong)
        .set(DRIVER_PIN.LOCKED_UNTIL, lockedUntil)
        .where(DRIVER_PIN.DRIVER_ID.eq(driverId))
        .execute();
  }

  void putPin(Tx tx, long operatorId, long driverId, String hash, Instant at) {
    removePin(tx, operatorId, driverId);
    DriverPinRecord row = new DriverPinRecord();
    row.setDriverId(driverId);
    row.setOperatorId(operatorId);
    row.setHash(hash);
    row.setWrong(0);
    row.setChangedAt(at);
    dsl(tx).insertInto(DRIVER_PIN).set(row).execute();
  }

  boolean removePin(Tx tx, long operatorId, long driverId) {
    return dsl(tx)
            .deleteFrom(DRIVER_PIN)
            .where(DRIVER_PIN.DRIVER_ID.eq(driverId))
            .and(DRIVER_PIN.OPERATOR_ID.eq(operatorId))
            .execute()
        > 0;
  }
}
