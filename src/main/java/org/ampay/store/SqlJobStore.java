package org.ampay.store;

import static org.ampay.store.tables.Tables.JOB;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.store.tables.JobRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Jobs in the table {@code job}. */
public final class SqlJobStore implements JobStore {

  private static final String READY = "ready";
  private static final String LEASED = "leased";
  private static final String PARKED = "parked";

  /**
   * A scan of the whole table, which the optimizer prefers where it is small, would wait for the
   * jobs that others hold locked.
   */
  private static final Table<JobRecord> BY_ID = JOB.forceIndex("PRIMARY");

  /** The same; jOOQ has no hint for DELETE. */
  private static final String DELETE_BY_ID = "DELETE job FROM job FORCE INDEX (PRIMARY) WHERE {0}";

  private static final List<? extends Field<?>> COLUMNS =
      List.of(
          JOB.ID,
          JOB.KIND,
          JOB.REF,
          JOB.PAYLOAD,
          JOB.STATE,
          JOB.DUE_AT,
          JOB.ATTEMPTS,
          JOB.CREATED_AT);

  private final IdSource ids;
  private final TimeSource time;
  private final JobSignal signal;

  public SqlJobStore(IdSource ids, TimeSource time, JobSignal signal) {
    this.ids = ids;
    this.time = time;
    this.signal = signal;
  }

  @Override
  public void insert(Tx tx, List<NewJob> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    Instant now = time.now();
    Rows.insert(
        tx,
        JOB,
        COLUMNS,
        jobs.stream()
            .map(
                job ->
                    new Object[] {
                      ids.next(), job.kind(), job.ref(), job.payload(), READY, job.runAt(), 0, now
                    })
            .toList());
    jobs.stream()
        .map(NewJob::kind)
        .distinct()
        .forEach(kind -> tx.afterCommit(() -> signal.raise(kind)));
  }

  @Override
  public List<Job> take(Tx tx, String kind, int max, Instant now) {
    return due(tx, kind, max, now).map(SqlJobStore::job);
  }

  private static Result<JobRecord> due(Tx tx, String kind, int max, Instant now) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(JOB)
        .where(JOB.KIND.eq(kind), JOB.DUE_AT.le(now))
        .orderBy(JOB.DUE_AT, JOB.ID)
        .limit(max)
        .forUpdate()
        .skipLocked()
        .fetch();
  }

  @Override
  public List<Job> claim(Tx tx, Claim claim) {
    List<JobRecord> rows = due(tx, claim.kind(), claim.max(), claim.now());
    if (rows.isEmpty()) {
      return List.of();
    }
    SqlTx.of(tx)
        .dsl()
        .update(BY_ID)
        .set(JOB.STATE, LEASED)
        .set(JOB.LEASED_BY, claim.worker())
        .set(JOB.DUE_AT, claim.leaseUntil())
        .set(JOB.ATTEMPTS, JOB.ATTEMPTS.plus(1))
        .where(JOB.ID.in(rows.stream().map(JobRecord::getId).toList()))
        .execute();
    List<Job> jobs = new ArrayList<>(rows.size());
    for (JobRecord row : rows) {
      row.setAttempts(row.getAttempts() + 1);
      row.setLeasedBy(claim.worker());
      row.setDueAt(claim.leaseUntil());
      jobs.add(job(row));
    }
    return jobs;
  }

  /** One statement for all that were claimed alike, which are nearly always all. */
  @Override
  public void done(Tx tx, List<Job> jobs) {
    Map<Fence, List<Long>> byFence = new LinkedHashMap<>();
    for (Job job : jobs) {
      byFence.computeIfAbsent(Fence.of(job), fence -> new ArrayList<>()).add(job.id());
    }
    byFence.forEach(
        (fence, ids) -> {
          int deleted = SqlTx.of(tx).dsl().execute(DELETE_BY_ID, JOB.ID.in(ids).and(held(fence)));
          if (deleted != ids.size()) {
            throw leaseLost(jobs.getFirst());
          }
        });
  }

  @Override
  public void retry(Tx tx, Job job, Instant at, String error) {
    int updated =
        SqlTx.of(tx)
            .dsl()
            .update(JOB)
            .set(JOB.STATE, READY)
            .set(JOB.DUE_AT, at)
            .setNull(JOB.LEASED_BY)
            .set(JOB.LAST_ERROR, Job.shortened(error))
            .where(stillHeld(job))
            .execute();
    if (updated != 1) {
      throw leaseLost(job);
    }
  }

  @Override
  public void park(Tx tx, Job job, String error) {
    int updated =
        SqlTx.of(tx)
            .dsl()
            .update(JOB)
            .set(JOB.STATE, PARKED)
            .setNull(JOB.DUE_AT)
            .setNull(JOB.LEASED_BY)
            .set(JOB.LAST_ERROR, Job.shortened(error))
            .where(stillHeld(job))
            .execute();
    if (updated != 1) {
      throw leaseLost(job);
    }
  }

  @Override
  public void reclaim(Tx tx, String worker, Instant now) {
    SqlTx.of(tx)
        .dsl()
        .update(JOB)
        .set(JOB.STATE, READY)
        .set(JOB.DUE_AT, now)
        .setNull(JOB.LEASED_BY)
        .where(JOB.STATE.eq(LEASED), JOB.LEASED_BY.eq(worker))
        .execute();
  }

  @Override
  public boolean release(Tx tx, long id, Instant at) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    String kind =
        dsl.select(JOB.KIND)
            .from(JOB)
            .where(JOB.ID.eq(id), JOB.STATE.eq(PARKED))
            .forUpdate()
            .fetchOne(JOB.KIND);
    if (kind == null) {
      return false;
    }
    dsl.update(JOB)
        .set(JOB.STATE, READY)
        .set(JOB.DUE_AT, at)
        .set(JOB.ATTEMPTS, 0)
        .where(JOB.ID.eq(id))
        .execute();
    tx.afterCommit(() -> signal.raise(kind));
    return true;
  }

  @Override
  public List<Job> parked(Tx tx, int max) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(JOB)
        .where(JOB.STATE.eq(PARKED))
        .orderBy(JOB.ID)
        .limit(max)
        .fetch(SqlJobStore::job);
  }

  @Override
  public boolean exists(Tx tx, String kind, long ref) {
    return SqlTx.of(tx).dsl().fetchExists(JOB, JOB.KIND.eq(kind).and(JOB.REF.eq(ref)));
  }

  @Override
  public List<Counts> counts(Tx tx) {
    Map<String, Counts> byKind = new TreeMap<>();
    for (Record3<String, String, Integer> row :
        SqlTx.of(tx)
            .dsl()
            .select(JOB.KIND, JOB.STATE, DSL.count())
            .from(JOB)
            .groupBy(JOB.KIND, JOB.STATE)
            .fetch()) {
      String kind = row.value1();
      long count = row.value3();
      byKind.merge(
          kind,
          switch (row.value2()) {
            case READY -> new Counts(kind, count, 0, 0);
            case LEASED -> new Counts(kind, 0, count, 0);
            default -> new Counts(kind, 0, 0, count);
          },
          Counts::plus);
    }
    return byKind.values().stream().sorted(Comparator.comparing(Counts::kind)).toList();
  }

  /**
   * By what a worker shows that a job is still its own; nobody's, in the transaction's own lock.
   */
  private record Fence(int attempts, String leasedBy) {
    static Fence of(Job job) {
      return new Fence(job.attempts(), job.leasedBy());
    }
  }

  private static Condition stillHeld(Job job) {
    return JOB.ID.eq(job.id()).and(held(Fence.of(job)));
  }

  private static Condition held(Fence fence) {
    Condition attempts = JOB.ATTEMPTS.eq(fence.attempts());
    return attempts.and(
        fence.leasedBy().isEmpty() ? JOB.LEASED_BY.isNull() : JOB.LEASED_BY.eq(fence.leasedBy()));
  }

  private static StoreException leaseLost(Job job) {
    return new StoreException(
        "job " + job.id() + " (" + job.kind() + ") is no longer leased to " + job.leasedBy());
  }

  private static Job job(JobRecord row) {
    return new Job(
        row.getId(),
        row.getKind(),
        row.getRef(),
        row.getPayload(),
        row.getAttempts(),
        row.getLeasedBy() == null ? "" : row.getLeasedBy(),
        row.getDueAt() == null ? Instant.MAX : row.getDueAt(),
        row.getLastError() == null ? "" : row.getLastError());
  }
}
