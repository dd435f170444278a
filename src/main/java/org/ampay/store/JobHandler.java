package org.ampay.store;

import java.util.List;

/**
 * Does the jobs of one kind. It brings about their effect and calls {@link JobStore#done} in one
 * transaction of its own, so that the effect is kept exactly once; an effect outside of the
 * database must bear being repeated.
 */
@FunctionalInterface
public interface JobHandler {

  /**
   * Does the jobs, all of one kind. After an exception each of them is handed over again alone, so
   * that one that cannot be done does not hold up the others; alone, an exception means: later.
   */
  void handle(List<Job> jobs);
}
