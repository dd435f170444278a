package org.ampay.audit;

import static org.ampay.store.tables.Tables.AUDIT_CHAIN;
import static org.ampay.store.tables.Tables.AUDIT_ENTRY;

import java.util.List;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The tables of the audit log. */
final class AuditStore {

  private static final int THE_CHAIN = 1;

  private final Database database;

  AuditStore(Database database) {
    this.database = database;
  }

  /** The end of the chain. */
  record End(long id, byte[] hash) {}

  End lockEnd(Tx tx) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    Record row = lock(dsl);
    if (row == null) {
      dsl.insertInto(AUDIT_CHAIN)
          .set(AUDIT_CHAIN.ID, THE_CHAIN)
          .set(AUDIT_CHAIN.LAST_ID, 0L)
          .set(AUDIT_CHAIN.LAST_HASH, new byte[32])
          .onDuplicateKeyIgnore()
          .execute();
      row = lock(dsl);
    }
    if (row == null) {
      throw new IllegalStateException("the end of the audit chain cannot be read");
    }
    return new End(row.get(AUDIT_CHAIN.LAST_ID), row.get(AUDIT_CHAIN.LAST_HASH));
  }

  private static @org.jspecify.annotations.Nullable Record lock(DSLContext dsl) {
    return dsl.selectFrom(AUDIT_CHAIN).where(AUDIT_CHAIN.ID.eq(THE_CHAIN)).forUpdate().fetchOne();
  }

  void insert(Tx tx, AuditRecord entry) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    dsl.insertInto(AUDIT_ENTRY)
        .set(AUDIT_ENTRY.ID, entry.id())
        .set(AUDIT_ENTRY.OPERATOR_ID, entry.operatorId())
        .set(AUDIT_ENTRY.AT, entry.at())
        .set(AUDIT_ENTRY.ACTOR, entry.actor())
        .set(AUDIT_ENTRY.ACTION, entry.action())
        .set(AUDIT_ENTRY.SUBJECT, entry.subject())
        .set(AUDIT_ENTRY.DETAIL, entry.detail())
        .set(AUDIT_ENTRY.PREV_HASH, entry.prevHash())
        .set(AUDIT_ENTRY.HASH, entry.hash())
        .execute();
    dsl.update(AUDIT_CHAIN)
        .set(AUDIT_CHAIN.LAST_ID, entry.id())
        .set(AUDIT_CHAIN.LAST_HASH, entry.hash())
        .where(AUDIT_CHAIN.ID.eq(THE_CHAIN))
        .execute();
  }

  /** The end of the chain as it is now, without a lock. */
  End end() {
    return database
        .dsl()
        .selectFrom(AUDIT_CHAIN)
        .where(AUDIT_CHAIN.ID.eq(THE_CHAIN))
        .fetchOptional(r -> new End(r.get(AUDIT_CHAIN.LAST_ID), r.get(AUDIT_CHAIN.LAST_HASH)))
        .orElseGet(() -> new End(0, new byte[32]));
  }

  /** Entries after one and up to another, in the order of the chain. */
  List<AuditRecord> range(long afterId, long lastId, int limit) {
    return database
        .dsl()
        .selectFrom(AUDIT_ENTRY)
        .where(AUDIT_ENTRY.ID.gt(afterId))
        .and(AUDIT_ENTRY.ID.le(lastId))
        .orderBy(AUDIT_ENTRY.ID)
        .limit(limit)
        .fetch(AuditStore::entry);
  }

  List<AuditRecord> list(long operatorId, long beforeId, int limit) {
    return database
        .dsl()
        .selectFrom(AUDIT_ENTRY)
        .where(AUDIT_ENTRY.OPERATOR_ID.eq(operatorId))
        .and(AUDIT_ENTRY.ID.lt(beforeId))
        .orderBy(AUDIT_ENTRY.ID.desc())
        .limit(limit)
        .fetch(AuditStore::entry);
  }

  private static AuditRecord entry(Record r) {
    return new AuditRecord(
        r.get(AUDIT_ENTRY.ID),
        r.get(AUDIT_ENTRY.OPERATOR_ID),
        r.get(AUDIT_ENTRY.AT),
        r.get(AUDIT_ENTRY.ACTOR),
        r.get(AUDIT_ENTRY.ACTION),
        r.get(AUDIT_ENTRY.SUBJECT),
        r.get(AUDIT_ENTRY.DETAIL),
        r.get(AUDIT_ENTRY.PREV_HASH),
        r.get(AUDIT_ENTRY.HASH));
  }
}
