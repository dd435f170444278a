package org.ampay.billing.promotion;

import static org.ampay.store.tables.Tables.DRIVER;

import java.time.Instant;
import java.util.List;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The drivers that are given coupons. */
final class GrantStore {

  /** Kind of a driver who has a name: guests of one order get nothing. */
  private static final String PERSON = "person";

  /** A driver, and when it was made. */
  record Made(long driverId, Instant at) {}

  /** The next drivers of a run, in the order of their ids. */
  List<Long> drivers(Tx tx, CampaignGrants.Run run, int limit) {
    Condition group = run.group() == null ? DSL.noCondition() : DRIVER.GROUP_ID.eq(run.group());
    Condition chosen = run.chosen() == null ? DSL.noCondition() : DRIVER.ID.in(run.chosen());
    return SqlTx.of(tx)
        .dsl()
        .select(DRIVER.ID)
        .from(DRIVER)
        .where(DRIVER.OPERATOR_ID.eq(run.operator()))
        .and(DRIVER.ID.gt(run.after()))
        .and(DRIVER.KIND.eq(PERSON))
        .and(group)
        .and(chosen)
        .orderBy(DRIVER.ID)
        .limit(limit)
        .fetch(DRIVER.ID);
  }

  /** The drivers that were made since then, oldest first. */
  List<Made> madeSince(Tx tx, long operatorId, Instant from, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .select(DRIVER.ID, DRIVER.CREATED_AT)
        .from(DRIVER)
        .where(DRIVER.OPERATOR_ID.eq(operatorId))
        .and(DRIVER.CREATED_AT.ge(from))
        .and(DRIVER.KIND.eq(PERSON))
        .orderBy(DRIVER.CREATED_AT, DRIVER.ID)
        .limit(limit)
        .fetch(r -> new Made(r.value1(), r.value2()));
  }
}
