package org.ampay.store;

import java.util.List;

/**
 * Does jobs whose whole effect is in the database: in the transaction that takes them, without a
 * lease. What fails so is leased and done by {@link JobHandler#handle}, which knows how to wait.
 */
public interface TransactionalJobHandler extends JobHandler {

  /**
   * Does the jobs and removes them by {@link JobStore#done}.
   *
   * @return false when one of them needs more than this transaction: it is rolled back then
   */
  boolean handle(Tx tx, List<Job> jobs);
}
