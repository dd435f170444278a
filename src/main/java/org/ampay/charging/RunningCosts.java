package org.ampay.charging;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.PriceFacts.Stretch;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.RunningPrice;
import org.ampay.tariff.Segment;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What the open sessions of one station cost so far: by the engine of the bill, so that the two
 * never differ, and in time that grows with what is new, not with the session.
 *
 * <p>Stretches of {@link PriceFacts} share their past. So each session keeps the price of all
 * stretches but the newest, which may still grow, together with the last stretch that is in it. The
 * next question walks back to that stretch and adds what came since. Where it is not found any more
 * (a fact came late, neighbours were merged, the session is another object after a restart) the
 * price is made anew, once. What is kept only ever saves time: forgetting it changes no answer.
 *
 * <p>Belongs to the station's one owner, as its state does.
 */
final class RunningCosts {

  /** Sessions of a station; one more, and all are priced anew. */
  private static final int MAX = 64;

  private final Map<Long, Line> lines = new HashMap<>();

  /**
   * The bill's total if the session ended at {@code at}; of one that is over, its total.
   *
   * @return empty when nobody pays, or it cannot be priced
   */
  Optional<Money> of(Session session, Instant at) {
    Session.End end = session.end();
    if (end != null) {
      lines.remove(session.id());
      return Optional.ofNullable(end.total());
    }
    return ahead(session, at, Energy.ZERO);
  }

  /** The same of an open session, if {@code energy} flowed from its last register until then. */
  Optional<Money> ahead(Session session, Instant at, Energy energy) {
    Session.Frozen frozen = session.payer().snapshot();
    if (frozen == null || !session.authorized()) {
      return Optional.empty();
    }
    try {
      PriceFacts facts = session.facts();
      PriceFacts then = energy.equals(Energy.ZERO) ? facts : facts.reading(at, energy, null);
      return Optional.of(total(session.id(), frozen.tariff(), facts, then.closed(at)));
    } catch (InvalidInputException | ArithmeticException e) {
      return Optional.empty(); // the end says so again, and then a person reads it
    }
  }

  /** The price of {@code until}, which is {@code facts} and a little more. */
  Money total(long sessionId, TariffSnapshot tariff, PriceFacts facts, PriceFacts until) {
    Line line = lines.remove(sessionId);
    if (line == null || line.tariff != tariff) {
      line = new Line(tariff);
    }
    Money total = line.total(facts, until);
    if (lines.size() >= MAX) {
      lines.clear();
    }
    lines.put(sessionId, line); // not reached when it cannot be priced
    return total;
  }

  /** Forgets sessions that are over. */
  void keep(StationState state) {
    if (!lines.isEmpty()) {
      lines.keySet().removeIf(id -> state.session(id).filter(Session::open).isEmpty());
    }
  }

  /** One session. */
  private static final class Line {
    final TariffSnapshot tariff;
    private RunningPrice price;

    /** The last stretch that is in the price; null: nothing is. */
    private @Nullable Stretch in;

    Line(TariffSnapshot tariff) {
      this.tariff = tariff;
      this.price = new RunningPrice(tariff);
    }

    Money total(PriceFacts facts, PriceFacts until) {
      advance(facts.settled());
      RunningPrice now = price.copy();
      Optional<List<Segment>> later = until.after(in);
      if (later.isEmpty()) { // what is ahead would merge neighbours: for this one answer
        now = new RunningPrice(tariff);
        later = until.after(null);
      }
      later.orElseThrow().forEach(now::add);
      if (until.newest() == null) {
        now.add(until.nothing());
      }
      return now.total();
    }

    private void advance(PriceFacts settled) {
      if (settled.newest() == in) {
        return;
      }
      Optional<List<Segment>> later = settled.after(in);
      if (later.isEmpty()) {
        price = new RunningPrice(tariff);
        later = settled.after(null);
      }
      later.orElseThrow().forEach(price::add);
      in = settled.newest();
    }
  }
}
