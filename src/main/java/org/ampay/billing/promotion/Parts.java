package org.ampay.billing.promotion;

import java.util.random.RandomGenerator;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Journals;
import org.ampay.store.JobStore;
import org.ampay.store.Transactor;

/**
 * What the services of this package work with.
 *
 * @param ids of everything; campaigns and claims must share one source
 * @param random cryptographically strong: codes must not be guessed
 */
public record Parts(
    Transactor transactor,
    PromotionBook book,
    AuditLog audit,
    Journals journals,
    JobStore jobs,
    IdSource ids,
    TimeSource time,
    RandomGenerator random) {}
