package org.ampay.payment;

import static org.ampay.store.tables.Tables.WRITE_OFF;

import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Write-offs in the database. */
public final class SqlWriteOffStore implements WriteOffStore {

  @Override
  public void insert(Tx tx, WriteOff writeOff) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(WRITE_OFF)
        .set(WRITE_OFF.ID, writeOff.id())
        .set(WRITE_OFF.OPERATOR_ID, writeOff.operatorId())
        .set(WRITE_OFF.SETTLEMENT_ID, writeOff.settlementId())
        .set(WRITE_OFF.CURRENCY, writeOff.amount().currency())
        .set(WRITE_OFF.AMOUNT_MINOR, writeOff.amount().minor())
        .set(WRITE_OFF.REASON, writeOff.reason())
        .set(WRITE_OFF.STATE, writeOff.state().code())
        .set(WRITE_OFF.PROPOSED_BY, writeOff.proposer().actor())
        .set(WRITE_OFF.PROPOSER, writeOff.proposer().person())
        .set(WRITE_OFF.PROPOSED_AT, writeOff.proposedAt())
        .set(WRITE_OFF.OPEN_KEY, writeOff.settlementId())
        .execute();
  }

  @Override
  public void update(Tx tx, WriteOff writeOff) {
    SqlTx.of(tx)
        .dsl()
        .update(WRITE_OFF)
        .set(WRITE_OFF.STATE, writeOff.state().code())
        .set(WRITE_OFF.DECIDED_BY, writeOff.decidedBy())
        .set(WRITE_OFF.DECIDED_AT, writeOff.decidedAt())
        .setNull(WRITE_OFF.OPEN_KEY)
        .where(WRITE_OFF.ID.eq(writeOff.id()))
        .execute();
  }

  @Override
  public Optional<WriteOff> byId(Tx tx, @Nullable Long operatorId, long id) {
    return one(tx, WRITE_OFF.ID.eq(id).and(of(operatorId)));
  }

  @Override
  public Optional<WriteOff> proposed(Tx tx, long settlementId) {
    return one(tx, WRITE_OFF.OPEN_KEY.eq(settlementId));
  }

  private static Optional<WriteOff> one(Tx tx, Condition condition) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(WRITE_OFF)
        .where(condition)
        .forUpdate()
        .fetchOptional(SqlWriteOffStore::writeOff);
  }

  @Override
  public List<WriteOff> proposed(Tx tx, @Nullable Long operatorId, SettlementStore.Before before) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(WRITE_OFF)
        .where(of(operatorId))
        .and(WRITE_OFF.STATE.eq(WriteOff.State.PROPOSED.code()))
        .and(WRITE_OFF.ID.lt(before.beforeId()))
        .orderBy(WRITE_OFF.ID.desc())
        .limit(before.limit())
        .fetch(SqlWriteOffStore::writeOff);
  }

  private static Condition of(@Nullable Long operatorId) {
    return operatorId == null ? DSL.noCondition() : WRITE_OFF.OPERATOR_ID.eq(operatorId);
  }

  private static WriteOff writeOff(Record r) {
    return new WriteOff(
        r.get(WRITE_OFF.ID),
        r.get(WRITE_OFF.OPERATOR_ID),
        r.get(WRITE_OFF.SETTLEMENT_ID),
        new Money(r.get(WRITE_OFF.CURRENCY), r.get(WRITE_OFF.AMOUNT_MINOR)),
        r.get(WRITE_OFF.REASON),
        WriteOff.State.ofCode(r.get(WRITE_OFF.STATE)),
        new WriteOff.Person(r.get(WRITE_OFF.PROPOSED_BY), r.get(WRITE_OFF.PROPOSER)),
        r.get(WRITE_OFF.PROPOSED_AT),
        r.get(WRITE_OFF.DECIDED_BY),
        r.get(WRITE_OFF.DECIDED_AT));
  }
}
