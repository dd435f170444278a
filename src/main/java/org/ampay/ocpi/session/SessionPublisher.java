package org.ampay.ocpi.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.ampay.base.Digests;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.BillStore;
import org.ampay.charging.SessionJobs;
import org.ampay.charging.SessionPeeks;
import org.ampay.charging.SessionState;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.cdr.CdrCosts;
import org.ampay.ocpi.cdr.CdrPublisher;
import org.ampay.ocpi.cdr.CdrTariffs;
import org.ampay.ocpi.cdr.CdrTexts;
import org.ampay.ocpi.cdr.Cost;
import org.ampay.ocpi.cdr.Periods;
import org.ampay.ocpi.cdr.RoamingPlace;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.Pushes;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TaxLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that tells partners how their drivers' sessions stand; a job's reference is the session's
 * id. It comes with the start, with each change of the session and with its bills, in their
 * commits, and again and again while the session runs. What is as it was told is not told again.
 */
public final class SessionPublisher implements JobHandler {

  /** The kind of its jobs. */
  public static final String KIND = SessionJobs.ROAMING;

  private static final Logger LOG = LoggerFactory.getLogger(SessionPublisher.class);
  private static final int DIGITS = 4;

  /** Where it reads and writes. */
  public record Stores(
      SessionPeeks sessions, BillStore bills, OcpiSessionStore told, JobStore jobs) {}

  /**
   * How sessions are told.
   *
   * @param rules what a version's object breaks: one that breaks any is not told
   * @param every how long after it was told a running session is looked at again
   */
  public record Telling(
      Map<OcpiVersion, SessionForm> forms,
      CdrTariffs tariffs,
      BiFunction<OcpiVersion, JsonNode, List<String>> rules,
      Duration every) {}

  private final Transactor transactor;
  private final Stores stores;
  private final CdrPublisher.Roaming roaming;
  private final Telling telling;
  private final Pushes pushes;
  private final TimeSource time;

  public SessionPublisher(
      Transactor transactor,
      Stores stores,
      CdrPublisher.Roaming roaming,
      Telling telling,
      Pushes pushes,
      TimeSource time) {
    this.transactor = transactor;
    this.stores = stores;
    this.roaming = roaming;
    this.telling = telling;
    this.pushes = pushes;
    this.time = time;
  }

  @Override
  public void handle(List<Job> jobs) {
    Map<Long, RoamingSession> theirs = new TreeMap<>();
    for (Job job : jobs) {
      roaming.sessions().of(job.ref()).ifPresent(session -> theirs.put(job.ref(), session));
    }
    transactor.run(
        tx -> {
          Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
          List<Long> running = tell(tx, theirs, now);
          stores.jobs().done(tx, jobs);
          List<NewJob> again =
              running.stream()
                  .filter(id -> !stores.jobs().exists(tx, KIND, id))
                  .map(id -> new NewJob(KIND, id, now.plus(telling.every())))
                  .toList();
          if (!again.isEmpty()) {
            stores.jobs().insert(tx, again);
          }
        });
  }

  /** Tells what is new; returns the sessions that run. */
  private List<Long> tell(Tx tx, Map<Long, RoamingSession> theirs, Instant now) {
    if (theirs.isEmpty()) {
      return List.of();
    }
    Map<Long, SessionPeeks.Peek> peeks = stores.sessions().of(tx, theirs.keySet(), now);
    Map<Long, OcpiSessionStore.Told> told = stores.told().told(tx, theirs.keySet());
    List<OcpiSessionStore.Row> rows = new ArrayList<>();
    List<Long> running = new ArrayList<>();
    for (RoamingSession session : theirs.values()) {
      SessionPeeks.Peek peek = peeks.get(session.sessionId());
      if (peek == null) {
        continue;
      }
      if (peek.endedAt() == null) {
        running.add(peek.id());
      }
      state(tx, session, peek)
          .flatMap(state -> row(state, peek, told.get(peek.id()), now))
          .ifPresent(rows::add);
    }
    stores.told().put(tx, rows);
    rows.forEach(
        row ->
            pushes.wanted(tx, row.partnerId(), PushKind.SESSION, Long.toString(row.sessionId())));
    return running;
  }

  private Optional<OcpiSessionStore.Row> row(
      RoamingState state,
      SessionPeeks.Peek peek,
      OcpiSessionStore.@Nullable Told told,
      Instant now) {
    byte[] hash = Digests.sha256(text(state, OcpiVersion.V2_3_0));
    if (told != null && Arrays.equals(told.hash(), hash)) {
      return Optional.empty();
    }
    Instant updated =
        told == null || told.lastUpdated().isBefore(now) ? now : told.lastUpdated().plusMillis(1);
    RoamingState dated = state.at(updated);
    Map<OcpiVersion, String> texts = new EnumMap<>(OcpiVersion.class);
    for (OcpiVersion version : OcpiVersion.values()) {
      String text = text(dated, version);
      List<String> problems = telling.rules().apply(version, CdrTexts.tree(text));
      if (!problems.isEmpty()) {
        LOG.warn("session {} is not told: {}", peek.id(), problems);
        return Optional.empty();
      }
      texts.put(version, text);
    }
    return Optional.of(
        new OcpiSessionStore.Row(
            peek.id(),
            state.session().partnerId(),
            peek.operatorId(),
            state.status(),
            updated,
            hash,
            texts));
  }

  private String text(RoamingState state, OcpiVersion version) {
    SessionForm form = telling.forms().get(version);
    if (form == null) {
      throw new IllegalStateException("no form of a session in version " + version);
    }
    return form.text(state);
  }

  /** How it stands; empty: that cannot be told. */
  private Optional<RoamingState> state(Tx tx, RoamingSession session, SessionPeeks.Peek peek) {
    Partner partner = roaming.partners().byId(session.partnerId()).orElse(null);
    TariffSnapshot tariff = peek.tariff();
    if (partner == null || tariff == null) {
      return Optional.empty();
    }
    RoamingPlace place =
        roaming.places().of(tx, partner.ours(), peek.stationId(), peek.evse()).orElse(null);
    if (place == null) {
      return Optional.empty();
    }
    Cost billed = peek.endedAt() == null ? null : billed(tx, peek.id(), tariff);
    Price price = peek.facts() == null ? null : price(tariff, peek.facts());
    Periods periods =
        price == null || peek.facts() == null
            ? null
            : Periods.of(
                price, peek.facts(), tariff, telling.tariffs().id(tariff), Periods.Way.SHORT);
    return Optional.of(
        new RoamingState(
            partner.ours(),
            session,
            periods == null ? peek.startedAt() : periods.list().getFirst().start(),
            peek.endedAt(),
            kwh(peek),
            place,
            tariff.currency(),
            periods == null ? List.of() : periods.list(),
            billed == null && price != null && peek.endedAt() == null ? soFar(price) : billed,
            status(peek, billed != null),
            Instant.EPOCH));
  }

  private static RoamingState.Status status(SessionPeeks.Peek peek, boolean billed) {
    if (billed) {
      return RoamingState.Status.COMPLETED;
    }
    return peek.state() == SessionState.REJECTED
        ? RoamingState.Status.INVALID
        : RoamingState.Status.ACTIVE;
  }

  private static BigDecimal kwh(SessionPeeks.Peek peek) {
    return Periods.plain(peek.delivered().toKwh().setScale(DIGITS, RoundingMode.HALF_UP));
  }

  private static @Nullable Price price(TariffSnapshot tariff, SessionFacts facts) {
    try {
      return Pricing.price(tariff, facts);
    } catch (InvalidInputException | ArithmeticException e) {
      return null; // its end says so again, and then a person reads it
    }
  }

  private static Cost soFar(Price price) {
    Money excl = Money.zero(price.currency());
    List<Cost.Tax> taxes = new ArrayList<>();
    for (TaxLine line : price.taxLines()) {
      excl = excl.plus(line.excl());
      taxes.add(new Cost.Tax(line.rate(), line.tax()));
    }
    return new Cost(excl, taxes);
  }

  private @Nullable Cost billed(Tx tx, long sessionId, TariffSnapshot tariff) {
    Optional<Bill> charge = stores.bills().ofSession(tx, null, sessionId);
    if (charge.isEmpty()) {
      return null;
    }
    List<Bill> bills = new ArrayList<>();
    bills.add(charge.get());
    bills.addAll(stores.bills().credits(tx, sessionId));
    return CdrCosts.of(bills, tariff).total();
  }
}
