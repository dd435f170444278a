package org.ampay.payment.callback;

import java.util.List;
import org.ampay.base.TimeSource;
import org.ampay.payment.OperationNews;
import org.ampay.payment.callback.CallbackStore.Known;
import org.ampay.payment.provider.Outcome;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * The job that applies stored callbacks; a job's reference is the callback's id. Whoever hears may
 * hear twice: a crash between hearing and closing the row repeats it.
 */
public final class CallbackWork implements JobHandler {

  /** The kind of its jobs. */
  public static final String KIND = "callback";

  /**
   * Who hears.
   *
   * @param settlements of operations of a settlement
   * @param orders of operations of an order that belong to no settlement
   */
  public record Ears(OperationNews settlements, OperationNews orders, DisputeNews disputes) {}

  private final Transactor transactor;
  private final JobStore jobs;
  private final TimeSource time;
  private final Ears ears;
  private final CallbackStore store = new CallbackStore();

  public CallbackWork(Transactor transactor, JobStore jobs, TimeSource time, Ears ears) {
    this.transactor = transactor;
    this.jobs = jobs;
    this.time = time;
    this.ears = ears;
  }

  @Override
  public void handle(List<Job> batch) {
    for (Job job : batch) {
      apply(job);
    }
  }

  /** What is to be told, and of what. */
  private record Told(StoredCallback callback, Known operation) {}

  private void apply(Job job) {
    Told told =
        transactor.call(
            tx -> {
              StoredCallback callback =
                  store
                      .find(tx, job.ref())
                      .orElseThrow(() -> new IllegalStateException("no callback " + job.ref()));
              return new Told(callback, store.byId(tx, callback.operationId()).orElseThrow());
            });
    if (told.callback().appliedAt() == null && told.callback().kind() == StoredCallback.Kind.NEWS) {
      tell(told.operation(), CallbackJson.outcome(told.callback().news()));
    }
    transactor.run(
        tx -> {
          close(tx, told);
          jobs.done(tx, List.of(job));
        });
  }

  private void tell(Known operation, Outcome outcome) {
    if (operation.settlementId() != null) {
      ears.settlements().heard(operation.id(), outcome);
    } else if (operation.orderId() != null) {
      ears.orders().heard(operation.id(), outcome);
    } else {
      throw new IllegalStateException("nobody waits for operation " + operation.id());
    }
  }

  private void close(Tx tx, Told told) {
    StoredCallback callback = store.lock(tx, told.callback().id()).orElseThrow();
    if (callback.appliedAt() != null) {
      return;
    }
    if (callback.kind() == StoredCallback.Kind.DISPUTE) {
      ears.disputes()
          .heard(
              tx,
              new DisputeNews.Heard(
                  callback.operatorId(),
                  told.operation().via(),
                  callback.operationId(),
                  CallbackJson.dispute(callback.news()),
                  callback.receivedAt()));
    }
    store.applied(tx, callback.id(), time.now());
  }
}
