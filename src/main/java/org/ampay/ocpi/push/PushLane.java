package org.ampay.ocpi.push;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.push.PushState.Stand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending to one partner. A pass writes down what became of calls, and begins others; passes
 * never run beside each other and never wait for a call, so that what ends while one runs is
 * written down together by the next. An object is sent by one call at a time, and a location not
 * beside the states of its EVSEs: so the partner ends with the newest of each.
 *
 * <p>A partner that fails gets one call at a time until it takes something, and after a few
 * failures only one now and then: its objects wait, untouched, and are never given up for that.
 */
final class PushLane {

  private static final Logger LOG = LoggerFactory.getLogger(PushLane.class);
  private static final int READ_AT_A_TIME = 500;
  private static final int FAILURES_BEFORE_SILENCE = 3;
  private static final Duration RENEWED_BEFORE_END = Duration.ofSeconds(30);

  private record Ended(PushOutcome outcome, boolean placeUnknown) {}

  private final long partnerId;
  private final PushQueue.Environment on;
  private final PushStore store;

  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicBoolean dirty = new AtomicBoolean(true);
  private final AtomicInteger failures = new AtomicInteger();
  private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;
  private volatile Instant silentUntil = Instant.EPOCH;

  // Of the pass alone.
  private final Map<String, PushItem> ready = new LinkedHashMap<>();
  private final Map<String, PushItem> inFlight = new HashMap<>();
  private final List<Ended> unwritten = new ArrayList<>();
  private boolean full;
  private Instant leasedUntil = Instant.EPOCH;

  PushLane(long partnerId, PushQueue.Environment on, PushStore store) {
    this.partnerId = partnerId;
    this.on = on;
    this.store = store;
  }

  /** There may be something new in the database. */
  void look() {
    dirty.set(true);
    wake();
  }

  void close() {
    closed = true;
  }

  private void wake() {
    if (wakes.getAndIncrement() == 0) {
      try {
        on.executor().execute(this::run);
      } catch (RejectedExecutionException e) {
        LOG.debug("ending: what waits for partner {} stays queued", partnerId, e);
      }
    }
  }

  private void run() {
    int seen;
    do {
      seen = wakes.get();
      try {
        pass();
      } catch (RuntimeException | Error e) {
        dirty.set(true); // the next tick tries again
        LOG.warn("pushes to partner {} interrupted: {}", partnerId, e.toString());
      }
    } while (wakes.addAndGet(-seen) != 0);
  }

  private void pass() {
    write();
    Instant now = on.time().now();
    Optional<Partner> partner = on.partners().byId(partnerId).filter(Partner::isRegistered);
    if (closed || partner.isEmpty() || now.isBefore(silentUntil)) {
      return;
    }
    int calls = failures.get() > 0 ? 1 : on.settings().calls();
    if (inFlight.size() >= calls || !hasWork() || !leased(now)) {
      return;
    }
    begin(partner.get(), calls);
    if (inFlight.size() < calls) { // what is ready may all wait for something that is on its way
      read(now);
      begin(partner.get(), calls);
    }
  }

  private boolean hasWork() {
    return !ready.isEmpty() || full || dirty.get();
  }

  private boolean leased(Instant now) {
    if (now.isBefore(leasedUntil.minus(RENEWED_BEFORE_END))) {
      return true;
    }
    if (ready.isEmpty()) {
      dirty.set(false); // before the look: what comes meanwhile is looked at again
      full = false;
      if (store.due(partnerId, now, 1).isEmpty()) {
        return false; // nothing to do: the next node that has something may
      }
      dirty.set(true);
    }
    Instant until = now.plus(on.settings().lease());
    boolean ours = on.transactor().call(tx -> store.lease(tx, partnerId, on.node(), now, until));
    if (!ours) {
      ready.clear(); // the other node sends it
      full = false;
      leasedUntil = Instant.EPOCH;
      return false;
    }
    leasedUntil = until;
    return true;
  }

  private void read(Instant now) {
    boolean changed = dirty.getAndSet(false);
    if (!changed && !full) {
      return;
    }
    int limit = READ_AT_A_TIME + inFlight.size() + ready.size();
    List<PushItem> due = store.due(partnerId, now, limit);
    full = due.size() == limit;
    for (PushItem item : due) {
      if (!inFlight.containsKey(item.name())) {
        ready.put(item.name(), item);
      }
    }
  }

  private void begin(Partner partner, int calls) {
    Iterator<PushItem> items = ready.values().iterator();
    Map<String, Boolean> ahead = new HashMap<>();
    while (inFlight.size() < calls && items.hasNext()) {
      PushItem item = items.next();
      if (mayGo(item, ahead)) {
        items.remove();
        inFlight.put(item.name(), item);
        int before = failures.get();
        on.executor().execute(() -> send(partner, item, before));
      }
    }
  }

  /**
   * A location waits for the states of its EVSEs that are on their way, and the other way round.
   *
   * @param ahead locations that wait ahead of the states of theirs
   */
  private boolean mayGo(PushItem item, Map<String, Boolean> ahead) {
    String place = item.place();
    if (place.isEmpty()) {
      return true;
    }
    boolean whole = item.kind() == PushKind.LOCATION;
    boolean busy =
        inFlight.values().stream()
            .anyMatch(
                other ->
                    other.place().equals(place) && (whole || other.kind() == PushKind.LOCATION));
    if (busy && whole) {
      ahead.put(place, true);
    }
    return !busy && (whole || !ahead.containsKey(place));
  }

  private void send(Partner partner, PushItem item, int failuresBefore) {
    Ended end;
    try {
      end = outcome(item, attempt(partner, item), failuresBefore);
    } catch (RuntimeException | Error e) {
      LOG.warn("{} cannot be made for {}", item.name(), partner.party(), e);
      end = new Ended(waiting(item, new PushVerdict.Failure(0, 0, "not sent: " + e)), false);
    }
    ended.add(end);
    wake();
  }

  private PushVerdict attempt(Partner partner, PushItem item) {
    PushSource source = on.source(item.kind());
    Optional<String> first =
        source
            .before(partner, item.key())
            .filter(key -> store.isWaiting(partnerId, item.kind(), key));
    if (first.isPresent()) {
      return new PushVerdict.NotYet(
          new PushVerdict.Failure(0, 0, "waits for " + item.kind().code() + " " + first.get()));
    }
    Optional<PartnerRequest> request = source.request(partner, item.key());
    if (request.isEmpty()) {
      return new PushVerdict.Gone();
    }
    PartnerReply reply = on.client().send(partner, request.get());
    if (reply instanceof PartnerReply.Done done) {
      source.taken(partner, item.key(), done);
    }
    return PushVerdict.of(item.kind(), request.get().method(), reply);
  }

  private Ended outcome(PushItem item, PushVerdict verdict, int failuresBefore) {
    heard(verdict, failuresBefore);
    Instant now = on.time().now();
    return switch (verdict) {
      case PushVerdict.Taken taken ->
          new Ended(new PushOutcome(item, Stand.TAKEN, 0, now, now, null), false);
      case PushVerdict.Gone gone ->
          new Ended(new PushOutcome(item, Stand.TAKEN, 0, now, now, null), false);
      case PushVerdict.NotYet notYet ->
          new Ended(
              new PushOutcome(
                  item,
                  Stand.WAITING,
                  item.attempts(),
                  now,
                  now.plus(pause(0, on.settings().longestPause())),
                  notYet.failure()),
              false);
      case PushVerdict.Later later -> new Ended(waiting(item, later.failure()), false);
      case PushVerdict.NoEndpoint none ->
          new Ended(ended(item, stand(none), none.failure()), false);
      case PushVerdict.Refused refused ->
          item.attempts() + 1 >= on.settings().refusals()
              ? new Ended(ended(item, Stand.GIVEN_UP, refused.failure()), false)
              : new Ended(waiting(item, refused.failure()), refused.placeUnknown());
    };
  }

  /** A partner that answers is not away, whatever it answers. */
  private void heard(PushVerdict verdict, int failuresBefore) {
    switch (verdict) {
      case PushVerdict.Later later -> failed(failuresBefore);
      case PushVerdict.Taken taken -> failures.set(0);
      case PushVerdict.Refused refused -> failures.set(0);
      case PushVerdict.Gone gone -> {}
      case PushVerdict.NotYet notYet -> {}
      case PushVerdict.NoEndpoint none -> {}
    }
  }

  /** Who was suspended just now is told later. */
  private Stand stand(PushVerdict.NoEndpoint none) {
    boolean registered = on.partners().byId(partnerId).filter(Partner::isRegistered).isPresent();
    LOG.debug("partner {}: {}", partnerId, none.failure().reason());
    return registered ? Stand.NO_ENDPOINT : Stand.WAITING;
  }

  /** Calls that ran beside each other fail once together. */
  private void failed(int before) {
    if (failures.compareAndSet(before, before + 1) && before + 1 >= FAILURES_BEFORE_SILENCE) {
      Duration pause = pause(before + 1 - FAILURES_BEFORE_SILENCE, on.settings().longestSilence());
      silentUntil = on.time().now().plus(pause);
      LOG.warn("partner {} does not answer: silent for {}", partnerId, pause);
    }
  }

  private PushOutcome waiting(PushItem item, PushVerdict.Failure failure) {
    return ended(item, Stand.WAITING, failure);
  }

  private PushOutcome ended(PushItem item, Stand state, PushVerdict.Failure failure) {
    Instant now = on.time().now();
    Instant due = now.plus(pause(item.attempts(), on.settings().longestPause()));
    return new PushOutcome(item, state, item.attempts() + 1, now, due, failure);
  }

  /** Doubles with each failure, then half of it is left to chance, so that herds spread. */
  private Duration pause(int failuresBefore, Duration longest) {
    long wanted = on.settings().firstPause().toMillis() << Math.min(failuresBefore, 20);
    long most = Math.max(2, Math.min(wanted, longest.toMillis()));
    return Duration.ofMillis(most / 2 + on.random().nextLong(most / 2 + 1));
  }

  /** Writes what became of calls; what is not written stays in flight and is written later. */
  private void write() {
    for (Ended next = ended.poll(); next != null; next = ended.poll()) {
      unwritten.add(next);
    }
    if (unwritten.isEmpty()) {
      return;
    }
    Instant now = on.time().now();
    int failed = failures.get();
    List<PushOutcome> outcomes = unwritten.stream().map(Ended::outcome).toList();
    List<String> places =
        unwritten.stream()
            .filter(Ended::placeUnknown)
            .map(end -> end.outcome().item().place())
            .toList();
    on.transactor()
        .run(
            tx -> {
              store.finished(tx, partnerId, outcomes);
              if (!places.isEmpty()) {
                store.wanted(tx, partnerId, PushKind.LOCATION, places, now);
              }
              if (failed >= FAILURES_BEFORE_SILENCE) {
                store.away(tx, partnerId, now);
              } else if (failed == 0) {
                store.back(tx, partnerId);
              }
            });
    outcomes.forEach(outcome -> inFlight.remove(outcome.item().name()));
    unwritten.clear();
    dirty.set(true); // what has changed meanwhile still waits
  }
}
