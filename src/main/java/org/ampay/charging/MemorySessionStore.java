package org.ampay.charging;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.ampay.charging.Write.Fact;
import org.ampay.charging.Write.FactKey;
import org.ampay.store.JobStore;
import org.ampay.store.MemoryTx;
import org.ampay.store.NewJob;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;

/** Sessions in memory: the twin of {@link SqlSessionStore} for simulations. */
public final class MemorySessionStore implements SessionStore {

  private final JobStore jobs;
  private final LongFunction<String> identities;
  private final Map<Long, SessionRow> sessions = new TreeMap<>();
  private final Map<ByteBuffer, Long> keys = new HashMap<>();
  private final Map<Long, String> settlements = new HashMap<>();
  private final Map<FactKey, Fact> facts = new LinkedHashMap<>();
  private final Map<Long, List<Write.Reading>> readings = new HashMap<>();
  private final Map<Long, List<Write.Phase>> phases = new HashMap<>();
  private final List<QuarantinedFrame> quarantine = new ArrayList<>();
  private final List<Write.Resolved> resolutions = new ArrayList<>();

  /**
   * An empty store.
   *
   * @param identities the identity of a station by its id
   */
  public MemorySessionStore(JobStore jobs, LongFunction<String> identities) {
    this.jobs = jobs;
    this.identities = identities;
  }

  @Override
  public List<StoredSession> active(Tx tx, Collection<Long> stationIds) {
    Set<Long> wanted = new HashSet<>(stationIds);
    return sessions.values().stream()
        .filter(row -> row.state() == SessionState.ACTIVE)
        .filter(row -> wanted.contains(row.identity().stationId()))
        .map(this::stored)
        .toList();
  }

  @Override
  public Map<TransactionRef, StoredSession> transactions(Tx tx, Collection<TransactionRef> refs) {
    Set<TransactionRef> wanted = new HashSet<>(refs);
    Map<TransactionRef, StoredSession> found = new HashMap<>();
    for (SessionRow row : sessions.values()) {
      TransactionRef ref =
          new TransactionRef(row.identity().stationId(), row.identity().transactionId());
      StoredSession before = found.get(ref);
      boolean worse =
          before != null
              && before.row().state() != SessionState.ORPHAN
              && row.state() == SessionState.ORPHAN;
      if (wanted.contains(ref) && !worse) {
        found.put(ref, stored(row));
      }
    }
    return found;
  }

  @Override
  public Map<Long, StoredSession> whole(Tx tx, Collection<Long> sessionIds) {
    Map<Long, StoredSession> found = new HashMap<>();
    for (long id : sessionIds) {
      SessionRow row = sessions.get(id);
      if (row != null) {
        found.put(id, whole(row));
      }
    }
    return found;
  }

  @Override
  public List<Outcome> write(Tx tx, List<Decision> decisions) {
    List<Outcome> outcomes = new ArrayList<>(decisions.size());
    for (Decision decision : decisions) {
      Repeats.Filtered filtered = repeats(decision).filter(decision);
      filtered.writes().forEach(write -> apply(tx, write));
      outcomes.add(filtered.outcome());
    }
    return outcomes;
  }

  @Override
  public Optional<Outcome> written(Tx tx, Decision decision) {
    return repeats(decision).filter(decision).outcome() instanceof Outcome.Duplicate duplicate
        ? Optional.of(new Outcome.Duplicate(duplicate.answer(), true))
        : Optional.empty();
  }

  @Override
  public void quarantine(Tx tx, QuarantinedFrame frame) {
    quarantine.add(frame);
    MemoryTx.of(tx).undo(() -> quarantine.remove(frame));
  }

  @Override
  public List<BillableSession> billable(Tx tx, List<Long> sessionIds) {
    return sessionIds.stream()
        .sorted()
        .map(sessions::get)
        .filter(row -> row != null && row.state() == SessionState.FINISHED)
        .map(row -> row.billable(identities.apply(row.identity().stationId())))
        .toList();
  }

  @Override
  public void settlementState(Tx tx, Map<Long, String> states) {
    states.forEach(
        (id, state) -> {
          String before = settlements.put(id, state);
          MemoryTx.of(tx)
              .undo(
                  before == null
                      ? () -> settlements.remove(id)
                      : () -> settlements.put(id, before));
        });
  }

  /** Everything, for the checks of a simulation. */
  List<SessionRow> rows() {
    return List.copyOf(sessions.values());
  }

  List<Fact> facts() {
    return List.copyOf(facts.values());
  }

  List<Write.Reading> readings() {
    return readings.values().stream().flatMap(List::stream).toList();
  }

  List<QuarantinedFrame> quarantined() {
    return List.copyOf(quarantine);
  }

  List<Write.Resolved> resolutions() {
    return List.copyOf(resolutions);
  }

  String settlement(long sessionId) {
    return settlements.getOrDefault(sessionId, "none");
  }

  private Repeats repeats(Decision decision) {
    Map<FactKey, Optional<String>> answers = new HashMap<>();
    for (FactKey key : Repeats.facts(decision)) {
      Fact fact = facts.get(key);
      if (fact != null) {
        answers.put(key, Optional.ofNullable(fact.answer()));
      }
    }
    return new Repeats(answers, keys.keySet());
  }

  private void apply(Tx tx, Write write) {
    MemoryTx memory = MemoryTx.of(tx);
    switch (write) {
      case Fact fact -> put(memory, fact);
      case Write.NewSession made -> insert(memory, SessionRow.of(made.session()));
      case Write.ChangedSession changed -> update(memory, SessionRow.of(changed.session()));
      case Write.Reading reading -> {
        if (reading.fact() != null) {
          put(memory, reading.fact());
        }
        append(memory, readings, reading.sessionId(), reading);
      }
      case Write.Phase phase -> append(memory, phases, phase.sessionId(), phase);
      case Write.Resolved resolved -> {
        resolutions.add(resolved);
        memory.undo(() -> resolutions.remove(resolved));
      }
      case Write.Check check ->
          jobs.insert(tx, List.of(new NewJob(SessionJobs.CHECK, check.sessionId(), check.at())));
      case Write.Bill bill ->
          jobs.insert(tx, List.of(new NewJob(SessionJobs.BILL, bill.sessionId(), bill.at())));
    }
  }

  private void put(MemoryTx tx, Fact fact) {
    facts.put(fact.key(), fact);
    tx.undo(() -> facts.remove(fact.key()));
  }

  private void insert(MemoryTx tx, SessionRow row) {
    ByteBuffer key = ByteBuffer.wrap(row.identity().key());
    if (keys.putIfAbsent(key, row.identity().id()) != null) {
      throw new StoreException.DuplicateKey("session key", null);
    }
    sessions.put(row.identity().id(), row);
    tx.undo(
        () -> {
          keys.remove(key);
          sessions.remove(row.identity().id());
        });
  }

  private void update(MemoryTx tx, SessionRow row) {
    SessionRow before = sessions.put(row.identity().id(), row);
    if (before == null) {
      sessions.remove(row.identity().id());
      throw new StoreException("no session " + row.identity().id());
    }
    tx.undo(() -> sessions.put(row.identity().id(), before));
  }

  private static <T> void append(MemoryTx tx, Map<Long, List<T>> lists, long id, T item) {
    List<T> list = lists.computeIfAbsent(id, any -> new ArrayList<>());
    list.add(item);
    tx.undo(() -> list.remove(item));
  }

  private StoredSession stored(SessionRow row) {
    return row.end() == null ? whole(row) : new StoredSession(row, List.of(), Sequence.NONE);
  }

  private StoredSession whole(SessionRow row) {
    long id = row.identity().id();
    List<StoredSession.Past> history = new ArrayList<>();
    for (Write.Reading reading : readings.getOrDefault(id, List.of())) {
      history.add(
          new StoredSession.Past.Read(reading.id(), reading.receivedAt(), reading.reading()));
    }
    for (Write.Phase phase : phases.getOrDefault(id, List.of())) {
      history.add(new StoredSession.Past.Phased(phase.id(), phase.at(), phase.state()));
    }
    history.sort(Comparator.comparingLong(StoredSession.Past::id));
    Sequence events = Sequence.NONE;
    for (Fact fact : facts.values()) {
      Write.EventMark event = fact.event();
      if (event != null && fact.sessionId() == id) {
        events = events.plus(event.seqNo(), event.type());
      }
    }
    return new StoredSession(row, history, events);
  }
}
