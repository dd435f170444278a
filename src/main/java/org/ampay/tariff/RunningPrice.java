package org.ampay.tariff;

import java.time.Instant;
import org.ampay.base.Money;

/**
 * The cost of an open session, kept up to date segment by segment in time that does not grow with
 * the session. It runs the same walk and the same sums as {@link Pricing}: once the session's last
 * segment is in, {@link #total} is its price. A fact that comes late needs a new object.
 */
public final class RunningPrice {

  private final TariffSnapshot snapshot;
  private final Tally tally;
  private final Walk walk;
  private Instant until = Instant.MIN;

  public RunningPrice(TariffSnapshot snapshot) {
    this.snapshot = snapshot;
    this.tally = new Tally(snapshot.compiled());
    this.walk = new Walk(snapshot, tally);
  }

  private RunningPrice(RunningPrice other) {
    this.snapshot = other.snapshot;
    this.tally = other.tally.copy();
    this.walk = other.walk.copy(snapshot, tally);
    this.until = other.until;
  }

  /**
   * Adds what happened since.
   *
   * @throws InvalidInputException when the segment begins before the end of the last one
   */
  public void add(Segment segment) {
    Checks.require(
        !segment.from().isBefore(until),
        "from",
        "must not be before the end of the segment before");
    walk.add(segment);
    until = segment.to();
  }

  /** One that stands where this one does and goes on by itself. */
  public RunningPrice copy() {
    return new RunningPrice(this);
  }

  /** What the cost would be with one more segment, for example up to now; changes nothing. */
  public Money totalWith(Segment open) {
    RunningPrice copy = new RunningPrice(this);
    copy.add(open);
    return copy.total();
  }

  /** The cost up to now, unrounded; zero before the first segment. */
  public Amount amount() {
    return until.equals(Instant.MIN) ? Amount.ZERO : tally.totals(snapshot.terms()).total();
  }

  /** The cost with tax up to now, rounded as a bill would be. */
  public Money total() {
    Exact due = until.equals(Instant.MIN) ? Exact.ZERO : tally.due(snapshot.terms());
    return Price.money(snapshot.currency(), due, snapshot.rounding());
  }
}
