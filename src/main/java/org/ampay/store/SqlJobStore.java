package org.ampay.store;

import static org.ampay.store.tables.Tables.JOB;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.jooq.impl.DSL;

/** Jobs in the table {@code job}. */
public final class SqlJobStore implements JobStore {

  private static final String READY = "ready";
  private static final String LEASED = "leased";
  private static final String PARKED = "parked";

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
  public List<Job> claim(Tx tx, Claim claim) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<JobRecord> rows =
        dsl.selectFrom(JOB)
            .where(JOB.KIND.eq(claim.kind()), JOB.DUE_AT.le(claim.now()))
            .orderBy(JOB.DUE_AT, JOB.ID)
            .limit(claim.max())
            .forUpdate()
            .skipLocked()
            .fetch();
    if (rows.isEmpty()) {
      return List.of();
    }
    dsl.update(JOB)
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

  @Override
  public void done(Tx tx, List<Job> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    Condition mine = DSL.or(jobs.stream().map(SqlJobStore::stillHeld).toList());
    int deleted = SqlTx.of(tx).dsl().deleteFrom(JOB).where(mine).execute();
    if (deleted != jobs.size()) {
      throw leaseLost(jobs.getFirst());
    }
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

  private static Condition stillHeld(Job job) {
    return JOB.ID
        .eq(job.id())
        .and(JOB.ATTEMPTS.eq(job.attempts()))
        .and(JOB.LEASED_BY.eq(job.leasedBy()));
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
