package org.ampay.payment.fee;

import static org.ampay.store.tables.Tables.PLATFORM_FEE;

import java.util.List;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Record;

/** Fees in the database. Rows are added, never changed. */
final class FeeStore {

  private FeeStore() {}

  /** An operator's fees, the newest first. */
  static List<PlatformFee> ofOperator(Tx tx, long operatorId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PLATFORM_FEE)
        .where(PLATFORM_FEE.OPERATOR_ID.eq(operatorId))
        .orderBy(PLATFORM_FEE.VALID_FROM.desc())
        .fetch(FeeStore::fee);
  }

  static void insert(Tx tx, PlatformFee fee) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(PLATFORM_FEE)
        .set(PLATFORM_FEE.ID, fee.id())
        .set(PLATFORM_FEE.OPERATOR_ID, fee.operatorId())
        .set(PLATFORM_FEE.VALID_FROM, fee.validFrom())
        .set(PLATFORM_FEE.CURRENCY, fee.currency())
        .set(PLATFORM_FEE.BASIS_POINTS, fee.basisPoints())
        .set(PLATFORM_FEE.FLAT_MINOR, fee.flatMinor())
        .set(PLATFORM_FEE.MIN_MINOR, fee.minMinor())
        .set(PLATFORM_FEE.MAX_MINOR, fee.maxMinor())
        .set(PLATFORM_FEE.CREATED_AT, fee.createdAt())
        .execute();
  }

  private static PlatformFee fee(Record r) {
    return new PlatformFee(
        r.get(PLATFORM_FEE.ID),
        r.get(PLATFORM_FEE.OPERATOR_ID),
        r.get(PLATFORM_FEE.VALID_FROM),
        r.get(PLATFORM_FEE.CURRENCY),
        r.get(PLATFORM_FEE.BASIS_POINTS),
        r.get(PLATFORM_FEE.FLAT_MINOR),
        r.get(PLATFORM_FEE.MIN_MINOR),
        r.get(PLATFORM_FEE.MAX_MINOR),
        r.get(PLATFORM_FEE.CREATED_AT));
  }
}
