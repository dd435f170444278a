package org.ampay.payment.method;

import static org.ampay.store.tables.Tables.ACCOUNT;
import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.DRIVER_METHOD;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** In whose names roaming partners pay, and how much they may owe. */
final class PayerStore {

  private static final String ROAMING = "roaming";
  private static final String TERMINAL = "terminal";

  private final ChangeCounter counter;

  PayerStore(Database database) {
    this.counter = new ChangeCounter(database, MethodStore.COUNTER);
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** Whose driver has that id, and of what kind it is. */
  record Found(long operatorId, String kind) {}

  Optional<Found> find(Tx tx, long id) {
    return dsl(tx)
        .select(DRIVER.OPERATOR_ID, DRIVER.KIND)
        .from(DRIVER)
        .where(DRIVER.ID.eq(id))
        .fetchOptional(r -> new Found(r.value1(), r.value2()));
  }

  /** Somebody else may make it at the same time: then it is his. */
  void insert(Tx tx, PartnerPayer payer, Instant at) {
    int made =
        dsl(tx)
            .insertInto(DRIVER)
            .set(DRIVER.ID, payer.partnerId())
            .set(DRIVER.OPERATOR_ID, payer.operatorId())
            .set(DRIVER.NAME, payer.name())
            .set(DRIVER.KIND, PartnerPayers.KIND)
            .set(DRIVER.CREATED_AT, at)
            .onDuplicateKeyIgnore()
            .execute();
    if (made == 0) {
      return;
    }
    dsl(tx)
        .insertInto(DRIVER_METHOD)
        .set(DRIVER_METHOD.DRIVER_ID, payer.partnerId())
        .set(DRIVER_METHOD.OPERATOR_ID, payer.operatorId())
        .set(DRIVER_METHOD.KIND, payer.terminal() ? TERMINAL : ROAMING)
        .set(DRIVER_METHOD.CHANGED_AT, at)
        .execute();
    counter.changed(tx);
  }

  void limit(Tx tx, PartnerPayer payer, @Nullable Money limit, Instant at) {
    dsl(tx)
        .update(DRIVER_METHOD)
        .set(DRIVER_METHOD.CURRENCY, limit == null ? null : limit.currency())
        .set(DRIVER_METHOD.CREDIT_MINOR, limit == null ? null : limit.minor())
        .set(DRIVER_METHOD.CHANGED_AT, at)
        .where(DRIVER_METHOD.DRIVER_ID.eq(payer.partnerId()))
        .and(DRIVER_METHOD.OPERATOR_ID.eq(payer.operatorId()))
        .execute();
    counter.changed(tx);
  }

  /** Payers with an id above another, in that order; {@code operatorId} null: of all operators. */
  List<PartnerPayer> list(Tx tx, @Nullable Long operatorId, long afterId, int count) {
    Condition of = operatorId == null ? DSL.noCondition() : DRIVER.OPERATOR_ID.eq(operatorId);
    return read(tx, of.and(DRIVER.ID.gt(afterId)), count);
  }

  Optional<PartnerPayer> byId(Tx tx, long operatorId, long partnerId) {
    Condition which = DRIVER.OPERATOR_ID.eq(operatorId).and(DRIVER.ID.eq(partnerId));
    return read(tx, which, 1).stream().findFirst();
  }

  private static List<PartnerPayer> read(Tx tx, Condition which, int count) {
    return dsl(tx)
        .select(DRIVER.ID, DRIVER.OPERATOR_ID, DRIVER.NAME)
        .select(DRIVER_METHOD.KIND, DRIVER_METHOD.CURRENCY, DRIVER_METHOD.CREDIT_MINOR)
        .from(DRIVER)
        .join(DRIVER_METHOD)
        .on(DRIVER_METHOD.DRIVER_ID.eq(DRIVER.ID))
        .where(DRIVER.KIND.eq(PartnerPayers.KIND))
        .and(which)
        .orderBy(DRIVER.ID)
        .limit(count)
        .fetch(PayerStore::payer);
  }

  private static PartnerPayer payer(Record r) {
    Long limit = r.get(DRIVER_METHOD.CREDIT_MINOR);
    return new PartnerPayer(
        r.get(DRIVER.ID),
        r.get(DRIVER.OPERATOR_ID),
        r.get(DRIVER.NAME),
        r.get(DRIVER_METHOD.KIND).equals(TERMINAL),
        limit == null ? null : new Money(r.get(DRIVER_METHOD.CURRENCY), limit));
  }

  /** Who owes more than he may. */
  Set<Long> overLimit(Tx tx) {
    return dsl(tx)
        .select(DRIVER_METHOD.DRIVER_ID)
        .from(DRIVER_METHOD)
        .join(ACCOUNT)
        .on(ACCOUNT.OPERATOR_ID.eq(DRIVER_METHOD.OPERATOR_ID))
        .and(ACCOUNT.CODE.eq(DSL.concat(DSL.inline(ROAMING + ":"), DRIVER_METHOD.DRIVER_ID)))
        .and(ACCOUNT.CURRENCY.eq(DRIVER_METHOD.CURRENCY))
        .where(DRIVER_METHOD.KIND.in(ROAMING, TERMINAL))
        .and(ACCOUNT.BALANCE_MINOR.gt(DRIVER_METHOD.CREDIT_MINOR))
        .fetchSet(DRIVER_METHOD.DRIVER_ID);
  }
}
