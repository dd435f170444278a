package org.ampay.ocpi.cdr;

import java.util.List;
import java.util.stream.Stream;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.BillWatch;
import org.ampay.charging.SessionJobs;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;

/**
 * Leaves a job for each bill that may be a partner's: partners' drivers are none of ours. So bills
 * of our own drivers cost nothing here.
 */
public final class RoamingBills implements BillWatch {

  private final JobStore jobs;
  private final TimeSource time;

  public RoamingBills(JobStore jobs, TimeSource time) {
    this.jobs = jobs;
    this.time = time;
  }

  @Override
  public void made(Tx tx, List<Bill> bills) {
    List<Long> sessions =
        bills.stream()
            .filter(bill -> bill.driverId() == null)
            .map(bill -> bill.session().id())
            .distinct()
            .toList();
    if (!sessions.isEmpty()) {
      jobs.insert(
          tx,
          sessions.stream()
              .flatMap(
                  id ->
                      Stream.of(
                          new NewJob(CdrPublisher.KIND, id, time.now()),
                          new NewJob(SessionJobs.ROAMING, id, time.now())))
              .toList());
    }
  }
}
