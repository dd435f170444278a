package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.MeterSanity.Judgement;
import org.ampay.charging.Session.End;
import org.ampay.station.Protocol;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.jspecify.annotations.Nullable;

/** What happens to one session, whatever OCPP version told it. Pure. */
final class Lifecycle {

  static final String STOP_LOST = "its stop was lost";

  /** Of a session whose events have holes; what is missing follows. */
  static final String GAP = "events have not come: ";

  static final String STOP_CAME = "its stop came late";
  static final String AFTER_STOP = "readings after its stop";

  /** Clocks of whole seconds disagree by this at most. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private Lifecycle() {}

  /**
   * How a session ended.
   *
   * @param register null: the last reading's
   */
  record Ending(
      Instant at, @Nullable String reason, @Nullable Energy register, List<String> doubts) {}

  /** Readings of an open session, in the order of their time. */
  static Session observe(
      Session session, List<MeterReading> readings, Instant receivedAt, int maxPowerW) {
    if (readings.size() == 1) {
      return observe(session, readings.getFirst(), receivedAt, maxPowerW);
    }
    Session seen = session;
    for (MeterReading reading : inOrder(readings)) {
      seen = observe(seen, reading, receivedAt, maxPowerW);
    }
    return seen;
  }

  static List<MeterReading> inOrder(List<MeterReading> readings) {
    return readings.stream().sorted(Comparator.comparing(MeterReading::at)).toList();
  }

  /** One reading. What it does follows from the stored columns alone, so that it can be redone. */
  static Session observe(Session session, MeterReading reading, Instant receivedAt, int maxPowerW) {
    List<String> clock = MeterSanity.clock(reading.at(), receivedAt);
    if (!clock.isEmpty()) {
      return session.withRemarks(session.remarks().plusAll(clock));
    }
    Energy register = reading.register();
    return register == null
        ? session
        : register(session, reading.at(), register, maxPowerW, reading.currentMa());
  }

  static Session register(
      Session session, Instant at, Energy register, int maxPowerW, @Nullable Long currentMa) {
    if (at.plus(CLOCK_TOLERANCE).isBefore(session.begin().at())) {
      return session;
    }
    Judgement judgement = MeterSanity.judge(session.meter(), at, register, maxPowerW);
    PriceFacts facts =
        switch (judgement) {
          case Judgement.Advance a -> session.facts().reading(a.at(), a.delta(), currentMa);
          case Judgement.Earlier e -> earlier(session, e);
          case Judgement.Ignored i -> session.facts();
        };
    Session seen = session.withMeter(judgement.track(), facts);
    return judgement.doubts().isEmpty()
        ? seen
        : seen.withRemarks(seen.remarks().plusAll(judgement.doubts()));
  }

  private static PriceFacts earlier(Session session, Judgement.Earlier earlier) {
    Instant first = session.meter().firstAt();
    return first == null
        ? session.facts()
        : session.facts().earlier(earlier.at(), first, earlier.delta());
  }

  /**
   * What a word of a station says about the EV's wish for power; null: nothing. A cable that is
   * plugged in before the first energy flows is no parking: nothing is over yet.
   */
  static @Nullable SegmentState phaseOf(String word, boolean energyFlowed) {
    return switch (word) {
      case "Charging", "SuspendedEVSE" -> SegmentState.CHARGING;
      case "SuspendedEV" -> SegmentState.PARKING;
      case "EVConnected", "Idle", "Finishing" -> energyFlowed ? SegmentState.PARKING : null;
      case null, default -> null;
    };
  }

  /** Ends a session: judges it, prices it when it is beyond doubt, else leaves it to a person. */
  static Session end(
      Session open, Ending ending, Instant receivedAt, @Nullable Energy before, int maxPowerW) {
    Session session = open;
    if (ending.register() != null) {
      session = register(open, ending.at(), ending.register(), maxPowerW, null);
    }
    Remarks doubts = session.remarks().plusAll(ending.doubts());
    doubts = doubts.plusAll(endDoubts(session, ending, receivedAt, before));
    Energy energy = energy(session);
    Energy register = ending.register() == null ? session.meter().last() : ending.register();
    End end = new End(ending.at(), receivedAt, ending.reason(), register, energy, null, null);
    Session begun = withFirstRegister(session);
    if (!session.authorized()) {
      return unauthorized(begun, end, doubts);
    }
    return doubts.isEmpty() ? priced(begun, end) : begun.ended(SessionState.REVIEW, end, doubts);
  }

  /** Nobody pays: fine while nothing flowed. What happened before its start came is not known. */
  private static Session unauthorized(Session session, End end, Remarks doubts) {
    if (session.meter().flowed()) {
      return session.ended(SessionState.REVIEW, end, doubts.plus("energy without authorization"));
    }
    SessionState state =
        doubts.has(Session.START_MISSING) ? SessionState.REVIEW : SessionState.REJECTED;
    return session.ended(state, end, doubts);
  }

  static Session withFirstRegister(Session session) {
    Session.Begin begin = session.begin();
    return begin.register() == null && session.meter().first() != null
        ? session.withBegin(
            new Session.Begin(begin.at(), begin.receivedAt(), session.meter().first()))
        : session;
  }

  /** Only one unbroken run of the register tells the energy. */
  static @Nullable Energy energy(Session session) {
    MeterTrack meter = session.meter();
    return switch (meter.epochs()) {
      case 0 -> session.charging() ? null : Energy.ZERO;
      case 1 -> meter.delivered();
      default -> null;
    };
  }

  private static List<String> endDoubts(
      Session session, Ending ending, Instant receivedAt, @Nullable Energy before) {
    List<String> doubts = new ArrayList<>(MeterSanity.clock(ending.at(), receivedAt));
    Instant begin = session.begin().at();
    MeterTrack meter = session.meter();
    if (ending.at().plus(CLOCK_TOLERANCE).isBefore(begin)) {
      doubts.add("stopped at " + ending.at() + ", before its start at " + begin);
    } else if (meter.lastAt() != null
        && ending.at().plus(CLOCK_TOLERANCE).isBefore(meter.lastAt())) {
      doubts.add("stopped at " + ending.at() + ", before its last reading at " + meter.lastAt());
    }
    doubts.addAll(registerDoubts(session, ending));
    Energy first = meter.first();
    Energy last = meter.last();
    if (first != null
        && last != null
        && before != null
        && first.equals(Energy.ZERO)
        && before.compareTo(Energy.ZERO) > 0
        && last.compareTo(before) >= 0) {
      doubts.add("it began at register 0, the connector stood at " + before);
    }
    if (session.facts().overflowed()) {
      doubts.add("too many changes of state to price");
    }
    return doubts;
  }

  /** Energy that flowed while nobody read the register is not known. */
  private static List<String> registerDoubts(Session session, Ending ending) {
    MeterTrack meter = session.meter();
    Instant lastAt = meter.lastAt();
    if (session.identity().protocol() == Protocol.OCPP_16) {
      return meter.epochs() == 0 || ending.register() == null
          ? List.of("no register at its end")
          : List.of();
    }
    if (lastAt == null) {
      return session.charging() ? List.of("no energy register was reported") : List.of();
    }
    boolean parked = session.facts().state() == SegmentState.PARKING;
    return parked || !lastAt.plus(CLOCK_TOLERANCE).isBefore(ending.at())
        ? List.of()
        : List.of("no register at its end");
  }

  static Session priced(Session session, End end) {
    Session.Frozen frozen = session.payer().snapshot();
    if (frozen == null) {
      return session.ended(SessionState.REVIEW, end, Remarks.NONE.plus("there was no tariff"));
    }
    try {
      SessionFacts facts = session.facts().finish(end.at());
      Money total = Pricing.price(frozen.tariff(), facts).payable();
      End priced =
          new End(
              end.at(),
              end.receivedAt(),
              end.reason(),
              end.register(),
              end.energy(),
              facts.toJson(),
              total);
      return session.ended(SessionState.FINISHED, priced, Remarks.NONE);
    } catch (InvalidInputException | ArithmeticException e) {
      return session.ended(
          SessionState.REVIEW, end, Remarks.NONE.plus("cannot be priced: " + e.getMessage()));
    }
  }

  /**
   * A stop, start or reading for a session that is over: marked, and where the real stop was
   * missing, filled in. The total never changes: that is a person's doing.
   */
  static Session late(Session over, Ending ending, Instant receivedAt) {
    End end = Rejudging.endOf(over);
    boolean same =
        ending.at().equals(end.at())
            && (ending.register() == null || ending.register().equals(end.register()));
    if (same) {
      return over;
    }
    boolean open = over.state() == SessionState.REVIEW || over.state() == SessionState.REJECTED;
    if (open && over.remarks().has(STOP_LOST) && end.reason() == null) {
      return found(over, ending, receivedAt, end);
    }
    return over.withRemarks(
        over.remarks().plusAll(ending.doubts()).plus("another stop came: " + stopText(ending)));
  }

  private static Session found(Session over, Ending ending, Instant receivedAt, End lost) {
    Energy register = ending.register() == null ? lost.register() : ending.register();
    End end =
        new End(
            ending.at(),
            receivedAt,
            ending.reason() == null ? "" : ending.reason(),
            register,
            between(over.begin().register(), register),
            null,
            null);
    return over.ended(over.state(), end, over.remarks().plusAll(ending.doubts()).plus(STOP_CAME));
  }

  /** What the two registers of a session say, as far as they say anything. */
  static @Nullable Energy between(@Nullable Energy first, @Nullable Energy last) {
    return first == null || last == null || first.compareTo(last) > 0 ? null : last.minus(first);
  }

  private static String stopText(Ending ending) {
    return ending.register() == null
        ? "at " + ending.at()
        : "register " + ending.register() + " at " + ending.at();
  }
}
