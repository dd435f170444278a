package org.ampay.ocpi.cdr;

import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.BillWatch;
import org.ampay.charging.SessionJobs;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;

/** Leaves jobs for each bill that a partner pays; bills of our own drivers cost nothing here. */
public final class RoamingBills implements BillWatch {

  private final JobStore jobs;
  private final TimeSource time;
  private final LongPredicate roaming;

  /**
   * A watch.
   *
   * @param roaming whether a partner pays in the name of that driver; from memory
   */
  public RoamingBills(JobStore jobs, TimeSource time, LongPredicate roaming) {
    this.jobs = jobs;
    this.time = time;
    this.roaming = roaming;
  }

  private boolean isRoaming(Bill bill) {
    Long driver = bill.driverId();
    return driver != null && roaming.test(driver);
  }

  @Override
  public void made(Tx tx, List<Bill> bills) {
    List<Long> sessions =
        bills.stream().filter(this::isRoaming).map(bill -> bill.session().id()).distinct().toList();
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
