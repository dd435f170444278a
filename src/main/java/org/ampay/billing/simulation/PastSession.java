package org.ampay.billing.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A session as a run reads it.
 *
 * @param state as in the table
 * @param billedExcl null: it has no bill
 */
record PastSession(
    long id,
    long siteId,
    String state,
    @Nullable Long snapshotId,
    @Nullable String facts,
    @Nullable Long energyMwh,
    @Nullable String currency,
    @Nullable Long billedExcl,
    @Nullable Long billedIncl) {}
