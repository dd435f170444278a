package org.ampay.ocpi.cdr;

import java.util.List;
import org.ampay.base.TimeSource;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** The CDRs that are held back because something in them is wrong, for people. */
public final class HeldCdrs {

  private static final int MAX_PAGE = 500;

  private final Transactor transactor;
  private final CdrStore store;
  private final JobStore jobs;
  private final TimeSource time;

  public HeldCdrs(Transactor transactor, CdrStore store, JobStore jobs, TimeSource time) {
    this.transactor = transactor;
    this.store = store;
    this.jobs = jobs;
    this.time = time;
  }

  /** What happens in the transaction of a retry: the entry for the audit. */
  @FunctionalInterface
  public interface Alongside {
    void write(Tx tx);
  }

  /**
   * The list, in the order of the sessions' ids.
   *
   * @param operatorId null: of all operators
   */
  public List<CdrStore.Held> list(@Nullable Long operatorId, long afterSession, int limit) {
    return transactor.call(
        tx -> store.held(tx, operatorId, afterSession, Math.clamp(limit, 1, MAX_PAGE)));
  }

  /** Has a CDR made again, after what was wrong was put right; false: it is not on the list. */
  public boolean retry(@Nullable Long operatorId, long sessionId, Alongside alongside) {
    return transactor.call(
        tx -> {
          boolean there =
              store.held(tx, operatorId, sessionId - 1, 1).stream()
                  .anyMatch(held -> held.sessionId() == sessionId);
          if (there) {
            jobs.insert(tx, List.of(new NewJob(CdrPublisher.KIND, sessionId, time.now())));
            alongside.write(tx);
          }
          return there;
        });
  }
}
