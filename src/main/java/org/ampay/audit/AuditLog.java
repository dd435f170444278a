package org.ampay.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;
import org.ampay.store.Tx;

/**
 * The log of what people and keys did: append-only, its ids without a gap, each entry carrying the
 * hash of the one before. Who changes or removes an old entry breaks the chain from there on.
 *
 * <p>The end of the chain is one row that every append locks until its transaction ends: append
 * last in a transaction, and do not hold it long.
 */
public final class AuditLog {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 1_000;

  private final Database database;
  private final AuditStore store;
  private final TimeSource time;

  public AuditLog(Database database, TimeSource time) {
    this.database = database;
    this.store = new AuditStore(database);
    this.time = time;
  }

  /** Outcome of {@link #verify}. */
  public sealed interface Verification {

    /** Every entry is as it was written. */
    record Intact(long entries) implements Verification {}

    /** The first entry that is not. */
    record Broken(long id, String reason) implements Verification {}
  }

  /** Appends in a transaction of its own; returns the entry's id. */
  public long append(AuditEntry entry) {
    return database.transactor().call(tx -> append(tx, entry));
  }

  /** Appends as a part of {@code tx}: what was done and its entry are kept together. */
  public long append(Tx tx, AuditEntry entry) {
    AuditStore.End end = store.lockEnd(tx);
    long id = end.id() + 1;
    Instant at = time.now().truncatedTo(ChronoUnit.MILLIS);
    String detail = json(entry);
    AuditRecord fresh =
        new AuditRecord(
            id,
            entry.operatorId(),
            at,
            entry.actor(),
            entry.action(),
            entry.subject(),
            detail,
            end.hash(),
            new byte[0]);
    store.insert(tx, fresh.sealed());
    return id;
  }

  /** Entries of one operator, newest first, with an id below {@code beforeId}. */
  public List<AuditRecord> list(long operatorId, long beforeId, int limit) {
    return store.list(operatorId, beforeId, limit);
  }

  /** Walks the whole chain, as far as it reached when the walk began. */
  public Verification verify() {
    AuditStore.End end = store.end();
    long expected = 1;
    byte[] previous = new byte[32];
    for (List<AuditRecord> page = store.range(0, end.id(), PAGE);
        !page.isEmpty();
        page = store.range(expected - 1, end.id(), PAGE)) {
      for (AuditRecord entry : page) {
        if (entry.id() != expected) {
          return new Verification.Broken(expected, "entry is missing");
        }
        if (!Arrays.equals(entry.prevHash(), previous)) {
          return new Verification.Broken(expected, "does not follow the entry before it");
        }
        if (!entry.intact()) {
          return new Verification.Broken(expected, "content was changed");
        }
        previous = entry.hash();
        expected++;
      }
    }
    if (end.id() >= expected) {
      return new Verification.Broken(expected, "entry is missing");
    }
    return Arrays.equals(end.hash(), previous)
        ? new Verification.Intact(end.id())
        : new Verification.Broken(end.id(), "is not the end of the chain");
  }

  private static String json(AuditEntry entry) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(entry.detail()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts can be written", e);
    }
  }
}
