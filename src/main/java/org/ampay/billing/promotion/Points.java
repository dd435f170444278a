package org.ampay.billing.promotion;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.base.Money;
import org.ampay.ledger.JournalEntry;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Points of drivers. Every change by a person is written to the audit log with it. */
public final class Points {

  private static final int MAX_PAGE = 500;
  private static final int MAX_NOTE = 300;
  private static final long MOST = PointsProgramme.MOST_POINTS;

  private final Parts parts;
  private final DefinitionStore store = new DefinitionStore();
  private final MemberStore members = new MemberStore();
  private final PointsStore points = new PointsStore();

  public Points(Parts parts) {
    this.parts = parts;
  }

  /**
   * What a driver has.
   *
   * @param available not reserved, not expired
   * @param reserved for running sessions
   * @param worth what both are worth in the ledger; null: the operator never had points
   * @param usePoints whether sessions use them
   * @param lots in the order in which they are used
   */
  public record Balance(
      long available,
      long reserved,
      @Nullable Money worth,
      boolean usePoints,
      List<PointsLot> lots) {}

  /** What became of an adjustment. */
  public sealed interface Adjusted {

    /** Added or taken. */
    record Done(long points, Balance balance) implements Adjusted {}

    /** There is no such driver, or no programme. */
    record NotFound() implements Adjusted {}

    /** More than the driver has. */
    record TooFew(long available) implements Adjusted {}
  }

  // ---- the programme ----

  public Optional<PointsProgramme> programme(long operatorId) {
    return parts.transactor().call(tx -> store.programme(tx, operatorId));
  }

  /**
   * Says how an operator's points work. Points that drivers have keep what they were worth when
   * they were earned.
   *
   * @throws InvalidInputException when the actor may not spend the funder's money
   */
  public PointsProgramme setProgramme(
      long operatorId, PointsProgramme.Spec spec, boolean active, Who who) {
    Rules.mayFund(who, spec.funder());
    return parts
        .book()
        .write(
            tx -> {
              store
                  .programme(tx, operatorId)
                  .ifPresent(old -> Rules.mayFund(who, old.spec().funder()));
              String currency =
                  store
                      .currency(tx, operatorId)
                      .orElseThrow(
                          () ->
                              new InvalidInputException("operator", "there is none with that id"));
              PointsProgramme programme = new PointsProgramme(operatorId, currency, spec, active);
              store.put(tx, programme, who.actor(), now());
              audit(
                  tx,
                  operatorId,
                  who,
                  "points.programme",
                  "operator:" + operatorId,
                  active ? "on" : "off");
              return programme;
            });
  }

  // ---- drivers ----

  public Balance balance(long operatorId, long driverId) {
    return parts.transactor().call(tx -> balance(tx, operatorId, driverId));
  }

  private Balance balance(Tx tx, long operatorId, long driverId) {
    Instant now = now();
    List<PointsLot> lots =
        points.ofDriver(tx, operatorId, driverId).stream()
            .filter(lot -> !lot.expired(now) || lot.reserved() > 0)
            .sorted(PointsLot.FIFO)
            .toList();
    long available =
        lots.stream().filter(lot -> !lot.expired(now)).mapToLong(PointsLot::free).sum();
    Money worth =
        store
            .currency(tx, operatorId)
            .map(
                currency ->
                    new Money(currency, lots.stream().mapToLong(PointsLot::remainingMinor).sum()))
            .orElse(null);
    boolean use =
        members
            .choices(tx, List.of(driverId))
            .getOrDefault(driverId, MemberStore.Choice.NONE)
            .usePoints();
    return new Balance(
        available, lots.stream().mapToLong(PointsLot::reserved).sum(), worth, use, lots);
  }

  /** Changes of a driver's points with a smaller id, newest first. */
  public List<PointsEntry> entries(long operatorId, long driverId, long beforeId, int limit) {
    return parts
        .transactor()
        .call(
            tx ->
                points.entries(tx, operatorId, driverId, beforeId, Math.clamp(limit, 1, MAX_PAGE)));
  }

  /** Whether a driver's sessions use points, from the next one on; false: no such driver. */
  public boolean usePoints(long operatorId, long driverId, boolean use, Who who) {
    return parts
        .transactor()
        .call(
            tx -> {
              if (!store.isDriver(tx, operatorId, driverId)) {
                return false;
              }
              members.lock(tx, operatorId, List.of(driverId), now());
              members.usePoints(tx, driverId, use, now());
              audit(tx, operatorId, who, "points.use", "driver:" + driverId, use ? "on" : "off");
              return true;
            });
  }

  /**
   * Adds points by hand, or takes them.
   *
   * @param count negative: taken, those that end first
   * @param note why, 1 to 300 characters
   * @throws InvalidInputException when points are added that the actor may not fund
   */
  public Adjusted adjust(long operatorId, long driverId, long count, String note, Who who) {
    Rules.require(
        count != 0 && count >= -MOST && count <= MOST, "points", "must be from 1 to " + MOST);
    String why = note.strip();
    Rules.require(
        !why.isEmpty() && why.length() <= MAX_NOTE, "note", "must have 1 to 300 characters");
    return parts.transactor().call(tx -> adjust(tx, operatorId, driverId, count, why, who));
  }

  private Adjusted adjust(Tx tx, long operatorId, long driverId, long count, String note, Who who) {
    Optional<PointsProgramme> programme = store.programme(tx, operatorId);
    if (programme.isEmpty() || !store.isDriver(tx, operatorId, driverId)) {
      return new Adjusted.NotFound();
    }
    if (count > 0) {
      Rules.mayFund(who, programme.get().spec().funder());
    }
    members.lock(tx, operatorId, List.of(driverId), now());
    PointsWork work =
        new PointsWork(tx, points, parts.ids(), now(), points.lock(tx, List.of(driverId)));
    PointsWork.Cause cause =
        new PointsWork.Cause(PointsEntry.Kind.ADJUSTED, null, who.actor(), note);
    if (count > 0) {
      work.add(
          new PointsWork.Income(
              operatorId,
              driverId,
              programme.get().currency(),
              count,
              programme.get().worth(count),
              programme.get().expiry(now()),
              "hand:" + parts.ids().next()),
          cause);
    } else if (work.free(driverId) < -count) {
      return new Adjusted.TooFew(work.free(driverId));
    } else {
      work.take(driverId, -count, cause);
    }
    List<JournalEntry> journals = work.write();
    if (!journals.isEmpty()) {
      parts.journals().postNew(tx, journals);
    }
    Balance after = balance(tx, operatorId, driverId);
    audit(tx, operatorId, who, "points.adjust", "driver:" + driverId, count + " points: " + note);
    return new Adjusted.Done(count, after);
  }

  private void audit(Tx tx, long operatorId, Who who, String action, String subject, String what) {
    parts
        .audit()
        .append(tx, AuditEntry.of(operatorId, who.actor(), action, subject).with("what", what));
  }

  private Instant now() {
    return parts.time().now().truncatedTo(ChronoUnit.MILLIS);
  }
}
