package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.access.Authorization;
import org.ampay.base.Money;
import org.ampay.charging.Lifecycle.Ending;
import org.ampay.charging.Session.Begin;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.station.EvseRef;
import org.ampay.tariff.PriceNow;
import org.ampay.tariff.SegmentState;

/**
 * OCPP 2.0.1 TransactionEvent. Events may come in any order and with gaps: the first one seen makes
 * the session, whatever its type; a start that comes later fills in the beginning.
 */
final class EventDecider {

  private EventDecider() {}

  static Decision decide(StationState state, SessionCommand.Event event, Context context) {
    Draft draft = new Draft(state, context);
    Optional<Session> known = context.session(state, event.transactionId());
    Session session = known.orElseGet(() -> begin(event, context));
    Session next =
        session.open()
            ? opened(state, session, event, draft, context)
            : shown(late(session, event, context), event, context);
    if (known.isEmpty()) {
      draft.add(next);
    } else if (stored(session).equals(stored(next))) {
      draft.remember(next);
    } else {
      draft.change(next);
    }
    EvseRef evse = event.evse() == null ? next.evse() : event.evse();
    draft.readings(next.id(), evse, event.readings(), null);
    if (session.open()) {
      draft.billWhenFinished(next);
      askForMissing(session, next, draft, context);
    } else {
      latePhase(next, event, draft, context);
      Decider.checkAgain(next, draft, context);
    }
    SessionReply reply = answer(session, next, event, context);
    draft.event(event, next.id(), reply);
    return draft.decided(reply);
  }

  /** How long events that overtook others may be waited for before the station is asked. */
  private static final Duration OVERTAKING = Duration.ofMinutes(1);

  /** A hole has appeared, or is there at the end: somebody must ask the station. */
  private static void askForMissing(Session before, Session after, Draft draft, Context context) {
    if (!after.remarks().has(Lifecycle.GAP)) {
      return;
    }
    if (!after.open()) {
      draft.check(after, context.now());
    } else if (!before.remarks().has(Lifecycle.GAP)) {
      draft.check(after, context.now().plus(OVERTAKING));
    }
  }

  /** What a row holds of a running session; what readings add up to is not stored. */
  private record Stored(
      EvseRef evse,
      Instant begin,
      Session.Payer payer,
      SessionState state,
      Remarks remarks,
      boolean over) {}

  private static Stored stored(Session s) {
    return new Stored(s.evse(), s.begin().at(), s.payer(), s.state(), s.remarks(), !s.open());
  }

  private static Session begin(SessionCommand.Event event, Context context) {
    byte[] key = FactKeys.session(context.station().id(), event.transactionId());
    EvseRef evse = event.evse() == null ? new EvseRef(0, 0) : event.evse();
    Session session =
        Decider.begin(
            Decider.identity(context, key, event.transactionId()),
            evse,
            new Begin(event.at(), context.now(), null),
            context);
    return event.type() == EventType.STARTED
        ? session
        : session.withRemarks(Remarks.NONE.plus(Session.START_MISSING));
  }

  private static Session opened(
      StationState state, Session known, SessionCommand.Event event, Draft draft, Context context) {
    Session session = event.type() == EventType.STARTED ? started(known, event) : known;
    session =
        session.withRemarks(
            session.remarks().plusAll(MeterSanity.clock(event.at(), context.now())));
    session = numbered(placed(session, event), event);
    session = admitted(session, event, context);
    session = shown(session, event, context);
    session = phase(session, event, draft, context);
    session =
        Lifecycle.observe(
            session, event.readings(), context.now(), context.maxPowerW(session.evse()));
    session = withRegister(session);
    if (event.type() != EventType.ENDED) {
      return session;
    }
    Ending ending = new Ending(event.at(), event.stoppedReason(), null, List.of());
    return Decider.end(state, session, ending, context);
  }

  /** A session may begin before the EVSE or the connector is known. */
  private static Session placed(Session session, SessionCommand.Event event) {
    EvseRef here = session.evse();
    EvseRef told = event.evse();
    boolean better =
        told != null
            && (here.evseNo() == 0
                || (here.evseNo() == told.evseNo()
                    && here.connectorNo() == 0
                    && told.connectorNo() != 0));
    return told != null && better ? session.withEvse(told) : session;
  }

  private static Session numbered(Session session, SessionCommand.Event event) {
    Sequence events = session.events().plus(event.seqNo(), event.type());
    String missing = events.missingText();
    Remarks remarks = session.remarks();
    if (!missing.isEmpty() || remarks.has(Lifecycle.GAP)) {
      remarks = remarks.without(Lifecycle.GAP);
      remarks = missing.isEmpty() ? remarks : remarks.plus(Lifecycle.GAP + missing);
    }
    return session.withEvents(events).withRemarks(remarks);
  }

  /** Time before a token was accepted is nobody's, unless energy flowed already. */
  private static Session admitted(Session session, SessionCommand.Event event, Context context) {
    Session admitted = Decider.admitted(session, event.token(), context.admission());
    boolean later =
        context.admission() instanceof Admission.Granted
            && event.at().isAfter(session.begin().at())
            && !session.meter().flowed()
            && session.payer().snapshot() == null;
    return later ? admitted.pricedFrom(event.at()) : admitted;
  }

  /** A token that is shown too late to begin with is still who was there: a person needs it. */
  private static Session shown(Session session, SessionCommand.Event event, Context context) {
    return session.payer().token() == null
            && event.token() != null
            && context.admission() instanceof Admission.Checked(Authorization checked)
        ? session.withPayer(
            Session.Payer.shown(event.token(), checked.tokenId(), checked.driverId()),
            session.state())
        : session;
  }

  /** A start that comes after other events of its session. */
  private static Session started(Session session, SessionCommand.Event event) {
    Session begun = session.withRemarks(session.remarks().minus(Session.START_MISSING));
    boolean paysLater =
        event.token() == null && session.authorized() && session.payer().from() == null;
    if (paysLater && event.at().isBefore(session.begin().at()) && !session.meter().flowed()) {
      begun = begun.pricedFrom(session.begin().at());
    }
    return event.at().isBefore(session.begin().at())
        ? begun.withBegin(
            new Begin(event.at(), session.begin().receivedAt(), session.begin().register()))
        : begun;
  }

  private static Session withRegister(Session session) {
    Begin begin = session.begin();
    return session.meter().first() == null || session.meter().first().equals(begin.register())
        ? session
        : session.withBegin(new Begin(begin.at(), begin.receivedAt(), session.meter().first()));
  }

  /**
   * The phase is stored when it changes, and when the station says for the first time that the EV
   * charges before it has sent a register: without a register that makes the energy unknown.
   */
  private static Session phase(
      Session session, SessionCommand.Event event, Draft draft, Context context) {
    String word = event.chargingState();
    SegmentState phase = word == null ? null : Lifecycle.phaseOf(word, session.meter().flowed());
    if (phase == null) {
      return session;
    }
    boolean says = phase == SegmentState.CHARGING && !session.charging();
    boolean silent = session.meter().epochs() == 0 && event.readings().isEmpty();
    // Where events are missing, what is not a change now may be one when they have come.
    boolean holes = session.remarks().has(Lifecycle.GAP);
    if (phase != session.facts().state() || (says && silent) || holes) {
      draft.write(Decider.phaseRow(session, event.at(), phase, context));
    }
    return session.withPhase(event.at(), phase);
  }

  /** Words that need no knowledge of what came before them; others say nothing by themselves. */
  private static void latePhase(
      Session session, SessionCommand.Event event, Draft draft, Context context) {
    String word = event.chargingState();
    SegmentState phase = word == null ? null : Lifecycle.phaseOf(word, false);
    if (phase != null) {
      draft.write(Decider.phaseRow(session, event.at(), phase, context));
    }
  }

  private static Session late(Session session, SessionCommand.Event event, Context context) {
    Session over = session.withEvents(session.events().plus(event.seqNo(), event.type()));
    return switch (event.type()) {
      case STARTED -> lateStart(over, event);
      case UPDATED -> Decider.afterEnd(over, event.readings());
      case ENDED ->
          Lifecycle.late(
              over, new Ending(event.at(), event.stoppedReason(), null, List.of()), context.now());
    };
  }

  /** The end came before the start: the facts are whole now, but a person looks at them. */
  private static Session lateStart(Session over, SessionCommand.Event event) {
    if (!over.remarks().has(Session.START_MISSING)) {
      return over;
    }
    MeterReading first =
        Lifecycle.inOrder(event.readings()).stream()
            .filter(reading -> reading.register() != null)
            .findFirst()
            .orElse(null);
    Begin begin =
        new Begin(
            event.at(),
            over.begin().receivedAt(),
            first == null ? over.begin().register() : first.register());
    Session.End end = over.end();
    Remarks remarks =
        over.remarks().minus(Session.START_MISSING).plus("its start came after its end");
    return end == null
        ? over
        : over.withBegin(begin).ended(over.state(), withEnergy(end, begin), remarks);
  }

  private static Session.End withEnergy(Session.End end, Begin begin) {
    return new Session.End(
        end.at(),
        end.receivedAt(),
        end.reason(),
        end.register(),
        Lifecycle.between(begin.register(), end.register()),
        end.priceFacts(),
        end.total());
  }

  private static SessionReply.EventAnswered answer(
      Session before, Session after, SessionCommand.Event event, Context context) {
    Optional<Money> cost =
        event.type() == EventType.ENDED
            ? total(event, after, context)
            : context.display().cost() ? context.costs().of(after, event.at()) : Optional.empty();
    return new SessionReply.EventAnswered(
        context.admission().verdict(), cost, price(before, after, event, context));
  }

  /** The driver's price: when a token has just made it known, and when another one applies. */
  private static Optional<PriceMessage> price(
      Session before, Session after, SessionCommand.Event event, Context context) {
    Session.Frozen frozen = after.payer().snapshot();
    Display display = context.display();
    if (!display.price() || frozen == null || !after.open()) {
      return Optional.empty();
    }
    if (before.payer().snapshot() == null) {
      String language = context.admission().verdict().map(v -> v.told().language()).orElse(null);
      return Optional.of(DriverTexts.price(frozen.tariff(), display, language, event.at()));
    }
    Instant last = before.meter().lastAt();
    Instant since = last == null ? before.begin().at() : last;
    PriceNow.Standing now = standing(after, event.at());
    boolean same =
        PriceNow.rates(frozen.tariff(), since, standing(before, since))
            .equals(PriceNow.rates(frozen.tariff(), event.at(), now));
    return same
        ? Optional.empty()
        : Optional.of(
            DriverTexts.now(
                frozen.tariff(),
                display,
                context.displays().language(after.id()).orElse(null),
                event.at(),
                now));
  }

  private static PriceNow.Standing standing(Session session, Instant at) {
    Instant from = session.payer().from();
    Duration elapsed = Duration.between(from == null ? session.begin().at() : from, at);
    return new PriceNow.Standing(
        session.meter().delivered().toKwh(), elapsed.isNegative() ? Duration.ZERO : elapsed, null);
  }

  /** At the end of a session that is beyond doubt; a refused one without energy costs nothing. */
  private static Optional<Money> total(
      SessionCommand.Event event, Session session, Context context) {
    Session.End end = session.end();
    if (event.type() != EventType.ENDED || end == null) {
      return Optional.empty();
    }
    return switch (session.state()) {
      case FINISHED -> Optional.ofNullable(end.total());
      case REJECTED -> Optional.of(Money.zero(context.station().currency()));
      case ACTIVE, REVIEW, ORPHAN -> Optional.empty();
    };
  }
}
