package org.ampay.billing.promotion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Posting;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Changes of points in one transaction, under the locks of the lots: what becomes of the lots, an
 * entry for each change, and the journals: points are a liability, valued when they are earned (Dr
 * promotion, Cr points), reversed when they are used, expire or are taken back.
 */
final class PointsWork {

  /** Points, and what they were worth. */
  record Moved(long points, long minor) {
    static final Moved NOTHING = new Moved(0, 0);

    Moved plus(Moved other) {
      return new Moved(points + other.points, minor + other.minor);
    }
  }

  /** Why points move. */
  record Cause(PointsEntry.Kind kind, @Nullable Long billId, String actor, String note) {
    static Cause ofBill(PointsEntry.Kind kind, long billId) {
      return new Cause(kind, billId, Who.SYSTEM.actor(), "");
    }
  }

  /** Points that come in. */
  record Income(
      long operatorId,
      long driverId,
      String currency,
      long points,
      long minor,
      @Nullable Instant expiresAt,
      String source) {}

  private final Tx tx;
  private final PointsStore store;
  private final IdSource ids;
  private final Instant now;
  private final Map<Long, PointsLot> lots = new TreeMap<>();
  private final Map<Long, PointsLot> changed = new TreeMap<>();
  private final List<PointsEntry> entries = new ArrayList<>();
  private final List<JournalEntry> journals = new ArrayList<>();

  /**
   * Work on lots.
   *
   * @param locked all that will be touched
   */
  PointsWork(Tx tx, PointsStore store, IdSource ids, Instant now, Collection<PointsLot> locked) {
    this.tx = tx;
    this.store = store;
    this.ids = ids;
    this.now = now;
    locked.forEach(lot -> lots.put(lot.id(), lot));
  }

  /** Free points of a driver that have not expired. */
  long free(long driverId) {
    return lots.values().stream()
        .filter(lot -> lot.driverId() == driverId && !lot.expired(now))
        .mapToLong(PointsLot::free)
        .sum();
  }

  /**
   * Uses reserved points in the order of expiry; the rest of what was reserved is free again. What
   * a deadline gave back before its session came is taken from what is free.
   */
  Moved use(long driverId, List<PointsStore.Hold> holds, long wanted, Cause cause) {
    for (PointsStore.Hold hold : holds) {
      put(lot(hold.lotId()).reserving(-hold.points()));
    }
    Moved used = Moved.NOTHING;
    List<PointsStore.Hold> inOrder =
        holds.stream()
            .sorted((a, b) -> PointsLot.FIFO.compare(lot(a.lotId()), lot(b.lotId())))
            .toList();
    for (PointsStore.Hold hold : inOrder) {
      long part = Math.min(hold.points(), wanted - used.points());
      used = used.plus(without(lot(hold.lotId()), part, cause));
    }
    return used.points() == wanted
        ? used
        : used.plus(take(driverId, wanted - used.points(), cause));
  }

  /** Takes free points of a driver, those that end first; as many as there are. */
  Moved take(long driverId, long wanted, Cause cause) {
    Moved taken = Moved.NOTHING;
    for (PointsLot lot : lots.values().stream().sorted(PointsLot.FIFO).toList()) {
      if (lot.driverId() == driverId && !lot.expired(now)) {
        taken = taken.plus(without(lot, Math.min(lot.free(), wanted - taken.points()), cause));
      }
    }
    return taken;
  }

  /** Takes free points of one lot, as many as there are. */
  Moved takeFrom(long lotId, long wanted, Cause cause) {
    PointsLot lot = lots.get(lotId);
    return lot == null ? Moved.NOTHING : without(lot, Math.min(lot.free(), wanted), cause);
  }

  /** Takes what has expired and is not reserved. */
  Moved expire() {
    Moved expired = Moved.NOTHING;
    for (PointsLot lot : List.copyOf(lots.values())) {
      if (lot.expired(now)) {
        expired =
            expired.plus(
                without(
                    lot,
                    lot.free(),
                    new Cause(PointsEntry.Kind.EXPIRED, null, Who.SYSTEM.actor(), "")));
      }
    }
    return expired;
  }

  /** Adds a lot. */
  void add(Income in, Cause cause) {
    PointsLot lot =
        new PointsLot(
            ids.next(),
            in.operatorId(),
            in.driverId(),
            in.currency(),
            in.points(),
            in.points(),
            0,
            in.minor(),
            now,
            in.expiresAt());
    store.insert(tx, lot, Digests.key16(in.source()));
    lots.put(lot.id(), lot);
    entry(lot, in.points(), in.minor(), cause);
  }

  private PointsLot lot(long id) {
    return Objects.requireNonNull(lots.get(id), "a reserved lot is locked");
  }

  private Moved without(PointsLot lot, long taken, Cause cause) {
    if (taken <= 0) {
      return Moved.NOTHING;
    }
    PointsLot next = lot.without(taken);
    long minor = lot.remainingMinor() - next.remainingMinor();
    put(next);
    entry(lot, -taken, -minor, cause);
    return new Moved(taken, minor);
  }

  private void put(PointsLot lot) {
    lots.put(lot.id(), lot);
    changed.put(lot.id(), lot);
  }

  private void entry(PointsLot lot, long points, long minor, Cause cause) {
    long id = ids.next();
    entries.add(
        new PointsEntry(
            id,
            lot.operatorId(),
            lot.driverId(),
            lot.id(),
            cause.kind(),
            points,
            minor,
            cause.billId(),
            cause.actor(),
            cause.note(),
            now));
    if (minor != 0) {
      long operator = lot.operatorId();
      journals.add(
          new JournalEntry(
              "points:" + id,
              "points",
              cause.billId() == null ? id : cause.billId(),
              operator,
              List.of(
                  Posting.debit(Account.promotion(operator, lot.currency()), minor),
                  Posting.credit(
                      Account.points(operator, lot.driverId(), lot.currency()), minor))));
    }
  }

  /** Writes lots and entries; the journals that it returns are to be posted. */
  List<JournalEntry> write() {
    changed.values().forEach(lot -> store.update(tx, lot));
    store.insertEntries(tx, entries);
    return journals;
  }
}
