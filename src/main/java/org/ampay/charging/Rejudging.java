package org.ampay.charging;

import java.util.List;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.charging.Lifecycle.Ending;
import org.ampay.charging.Session.End;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A session that is over, judged once more: by the server when late facts came, or by a person. Its
 * history is gone through in the order in which it happened. Pure.
 */
final class Rejudging {

  /**
   * Remarks that {@link Lifecycle#end} and {@link Lifecycle#observe} make anew when a session is
   * judged again.
   */
  private static final String[] JUDGED = {
    "no register at its end",
    "no energy register was reported",
    "stopped at ",
    "too many changes of state",
    "cannot be priced",
    "there was no tariff",
    "energy without authorization",
    "register ",
    "more energy than",
  };

  private Rejudging() {}

  /**
   * Judges a session that is over once more.
   *
   * @param whole with all that was gathered, see {@link StoredSession#whole}
   * @param remarks the doubts that remain whatever it was measured
   */
  static Session again(Session whole, Remarks remarks, int maxPowerW) {
    End end = endOf(whole);
    Ending ending = new Ending(end.at(), end.reason(), registerOfStop(whole, end), List.of());
    return Lifecycle.end(reopened(whole, remarks), ending, end.receivedAt(), null, maxPowerW);
  }

  /** OCPP 1.6 tells the last register with the stop alone. */
  private static @Nullable Energy registerOfStop(Session whole, End end) {
    return whole.identity().protocol() == Protocol.OCPP_16 ? end.register() : null;
  }

  private static Session reopened(Session whole, Remarks remarks) {
    return whole.withEnd(null, SessionState.ACTIVE, remarks.without(JUDGED));
  }

  /**
   * The session as a person wants it billed; in review still, with the reason, when it cannot be.
   *
   * @param remarks what is kept of it in words
   */
  static Session resolved(Session whole, Rule.Resolve how, Remarks remarks, int maxPowerW) {
    End end = endOf(whole);
    Session session = reopened(whole, Remarks.NONE);
    Energy told = registerOfStop(whole, end);
    if (how.decision() == Rule.Decision.CORRECTED) {
      session = corrected(session, how, end);
    } else if (told != null) {
      session = Lifecycle.register(session, end.at(), told, maxPowerW, null);
    }
    Session.Payer payer = session.payer();
    boolean retariffed = how.decision() == Rule.Decision.WAIVED || payer.snapshot() == null;
    session =
        session.withPayer(
            new Session.Payer(
                payer.token(),
                payer.tokenId(),
                payer.driverId(),
                payer.holdId(),
                retariffed ? how.tariff() : payer.snapshot(),
                payer.from()),
            SessionState.ACTIVE);
    Energy measured = Lifecycle.energy(session);
    Energy energy =
        measured == null && how.decision() == Rule.Decision.WAIVED ? Energy.ZERO : measured;
    Energy last = session.meter().last();
    End known =
        new End(
            end.at(),
            end.receivedAt(),
            end.reason(),
            last == null ? end.register() : last,
            energy,
            null,
            null);
    Session begun = Lifecycle.withFirstRegister(session);
    return energy == null
        ? begun.ended(SessionState.REVIEW, known, Remarks.NONE.plus("its energy is not known"))
        : keeping(Lifecycle.priced(begun, known), remarks);
  }

  /** Why the registers of a correction are of no use; empty when they are. */
  static Optional<String> badRegisters(Session whole, Rule.Resolve how) {
    if (how.decision() != Rule.Decision.CORRECTED) {
      return Optional.empty();
    }
    Energy start = how.meterStart() == null ? whole.begin().register() : how.meterStart();
    Energy stop = how.meterStop() == null ? endOf(whole).register() : how.meterStop();
    if (start == null || stop == null) {
      return Optional.of(
          start == null ? "its first register is not known" : "its last register is not known");
    }
    return start.isNegative() || start.compareTo(stop) > 0
        ? Optional.of("the register would fall from " + start + " to " + stop)
        : Optional.empty();
  }

  private static Session keeping(Session priced, Remarks remarks) {
    return priced.state() == SessionState.FINISHED ? priced.withRemarks(remarks) : priced;
  }

  /** By registers that a person entered: what was read between them spreads the energy. */
  private static Session corrected(Session session, Rule.Resolve how, End end) {
    Energy start = how.meterStart() == null ? session.begin().register() : how.meterStart();
    Energy stop = how.meterStop() == null ? end.register() : how.meterStop();
    if (start == null || stop == null) {
      throw new IllegalStateException("registers are missing");
    }
    Session.Begin begin = session.begin();
    Energy measured = session.meter().delivered();
    Energy delivered = stop.minus(start);
    boolean fits = session.meter().epochs() == 1 && measured.compareTo(delivered) <= 0;
    PriceFacts facts =
        fits
            ? session.facts().reading(end.at(), delivered.minus(measured), null)
            : session.facts().emptied().reading(end.at(), delivered, null);
    MeterTrack track = new MeterTrack(begin.at(), start, end.at(), stop, delivered, 1);
    return session
        .withBegin(new Session.Begin(begin.at(), begin.receivedAt(), start))
        .withMeter(track, facts);
  }

  static End endOf(Session session) {
    End end = session.end();
    if (end == null) {
      throw new IllegalStateException("session " + session.id() + " is not over");
    }
    return end;
  }
}
