package org.ampay.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ampay.base.IdSource;

/** Jobs in memory: the twin of {@link SqlJobStore} for simulations. */
public final class MemoryJobStore implements JobStore {

  private final IdSource ids;
  private final JobSignal signal;
  private final Map<Long, Job> jobs = new TreeMap<>();

  public MemoryJobStore(IdSource ids, JobSignal signal) {
    this.ids = ids;
    this.signal = signal;
  }

  @Override
  public void insert(Tx tx, List<NewJob> added) {
    for (NewJob job : added) {
      long id = ids.next();
      put(tx, new Job(id, job.kind(), job.ref(), job.payload(), 0, "", job.runAt(), ""));
    }
    added.stream()
        .map(NewJob::kind)
        .distinct()
        .forEach(kind -> tx.afterCommit(() -> signal.raise(kind)));
  }

  @Override
  public List<Job> take(Tx tx, String kind, int max, Instant now) {
    return jobs.values().stream()
        .filter(job -> job.kind().equals(kind) && !job.dueAt().isAfter(now))
        .sorted(Comparator.comparing(Job::dueAt).thenComparing(Job::id))
        .limit(max)
        .toList();
  }

  @Override
  public List<Job> claim(Tx tx, Claim claim) {
    List<Job> due = take(tx, claim.kind(), claim.max(), claim.now());
    List<Job> claimed = new ArrayList<>(due.size());
    for (Job job : due) {
      claimed.add(
          put(
              tx,
              new Job(
                  job.id(),
                  job.kind(),
                  job.ref(),
                  job.payload(),
                  job.attempts() + 1,
                  claim.worker(),
                  claim.leaseUntil(),
                  job.lastError())));
    }
    return claimed;
  }

  @Override
  public void done(Tx tx, List<Job> finished) {
    for (Job job : finished) {
      Job held = held(job);
      jobs.remove(job.id());
      MemoryTx.of(tx).undo(() -> jobs.put(held.id(), held));
    }
  }

  @Override
  public void retry(Tx tx, Job job, Instant at, String error) {
    put(tx, free(held(job), at, error));
  }

  @Override
  public void park(Tx tx, Job job, String error) {
    put(tx, free(held(job), Instant.MAX, error));
  }

  @Override
  public void reclaim(Tx tx, String worker, Instant now) {
    jobs.values().stream()
        .filter(job -> job.leasedBy().equals(worker))
        .toList()
        .forEach(job -> put(tx, free(job, now, job.lastError())));
  }

  @Override
  public boolean release(Tx tx, long id, Instant at) {
    Job job = jobs.get(id);
    if (job == null || !isParked(job)) {
      return false;
    }
    put(tx, new Job(id, job.kind(), job.ref(), job.payload(), 0, "", at, job.lastError()));
    tx.afterCommit(() -> signal.raise(job.kind()));
    return true;
  }

  @Override
  public List<Job> parked(Tx tx, int max) {
    return jobs.values().stream().filter(MemoryJobStore::isParked).limit(max).toList();
  }

  @Override
  public boolean exists(Tx tx, String kind, long ref) {
    return jobs.values().stream().anyMatch(job -> job.kind().equals(kind) && job.ref() == ref);
  }

  @Override
  public List<Counts> counts(Tx tx) {
    Map<String, Counts> byKind = new TreeMap<>();
    for (Job job : jobs.values()) {
      boolean leased = !job.leasedBy().isEmpty();
      long parked = isParked(job) ? 1 : 0;
      long held = leased ? 1 : 0;
      byKind.merge(
          job.kind(), new Counts(job.kind(), 1 - parked - held, held, parked), Counts::plus);
    }
    return List.copyOf(byKind.values());
  }

  private Job put(Tx tx, Job job) {
    Job before = jobs.put(job.id(), job);
    MemoryTx.of(tx)
        .undo(before == null ? () -> jobs.remove(job.id()) : () -> jobs.put(before.id(), before));
    return job;
  }

  private static Job free(Job job, Instant due, String error) {
    return new Job(
        job.id(),
        job.kind(),
        job.ref(),
        job.payload(),
        job.attempts(),
        "",
        due,
        Job.shortened(error));
  }

  private static boolean isParked(Job job) {
    return job.dueAt().equals(Instant.MAX);
  }

  private Job held(Job job) {
    Job present = jobs.get(job.id());
    if (present == null
        || present.attempts() != job.attempts()
        || !present.leasedBy().equals(job.leasedBy())) {
      throw new StoreException(
          "job " + job.id() + " (" + job.kind() + ") is no longer leased to " + job.leasedBy());
    }
    return present;
  }
}
