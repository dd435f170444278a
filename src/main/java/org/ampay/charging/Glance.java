package org.ampay.charging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/** A session as a {@link SessionWatch} sees it. Valid only while the watch is called. */
public final class Glance {

  private final StationInfo station;
  private final SessionCommand command;
  private final Instant now;
  private final Session session;
  private final boolean begun;
  private final @Nullable String language;
  private final RunningCosts costs;

  /**
   * @param begun whether the session got its payer and tariff by this very message
   * @param language of the driver who showed a token with it; null: not known
   */
  Glance(
      SessionPort.Report report,
      Session session,
      boolean begun,
      @Nullable String language,
      RunningCosts costs) {
    this.station = report.station();
    this.command = report.command();
    this.now = report.receivedAt();
    this.session = session;
    this.begun = begun;
    this.language = language;
    this.costs = costs;
  }

  public StationInfo station() {
    return station;
  }

  /** RFC 5646, of the driver who showed a token with this message; null: not known. */
  public @Nullable String language() {
    return language;
  }

  /** When the message was received. */
  public Instant now() {
    return now;
  }

  /** What the station said, or the server by itself. */
  public SessionCommand command() {
    return command;
  }

  /** The readings of the message, in the order in which they were sent. */
  public List<MeterReading> readings() {
    return switch (command) {
      case SessionCommand.Readings readings -> readings.readings();
      case SessionCommand.Event event -> event.readings();
      case SessionCommand.Stop stop -> stop.readings();
      case SessionCommand.Start _, SessionCommand.ConnectorState _, SessionCommand.Ruling _ ->
          List.of();
    };
  }

  public long id() {
    return session.id();
  }

  public Protocol protocol() {
    return session.identity().protocol();
  }

  public String transactionId() {
    return session.transactionId();
  }

  public EvseRef evse() {
    return session.evse();
  }

  /** Whether the session got its payer and tariff by this very message. */
  public boolean begun() {
    return begun;
  }

  /** Not over. */
  public boolean open() {
    return session.open();
  }

  /** A token was accepted for it, and it is not over. */
  public boolean runs() {
    return session.running() && session.authorized();
  }

  /** Its token was refused: nobody pays for it. */
  public boolean refused() {
    return session.state() == SessionState.REJECTED;
  }

  public @Nullable IdToken token() {
    return session.payer().token();
  }

  public Optional<Long> driverId() {
    return Optional.ofNullable(session.payer().driverId());
  }

  /** The prices frozen into it. */
  public Optional<TariffSnapshot> tariff() {
    return Optional.ofNullable(session.payer().snapshot()).map(Session.Frozen::tariff);
  }

  /** When it began, by the station's clock. */
  public Instant begunAt() {
    return session.begin().at();
  }

  /** When it began, by our clock: when its start was received. */
  public Instant beganAt() {
    return session.begin().receivedAt();
  }

  /** When it ended, by the station's clock; empty: it runs. */
  public Optional<Instant> endedAt() {
    return Optional.ofNullable(session.end()).map(Session.End::at);
  }

  /** From when its time is paid for. */
  public Instant pricedFrom() {
    Instant from = session.payer().from();
    return from == null ? session.begin().at() : from;
  }

  /** What was measured so far; after its end, what was delivered as far as that is known. */
  public Energy delivered() {
    Session.End end = session.end();
    Energy told = end == null ? session.meter().delivered() : end.energy();
    return told == null ? Energy.ZERO : told;
  }

  /** The last register, by which later ones are judged. */
  public Optional<Energy> register() {
    Session.End end = session.end();
    return Optional.ofNullable(end == null ? session.meter().last() : end.register());
  }

  /** When the register was last read. */
  public Optional<Instant> readAt() {
    return Optional.ofNullable(session.meter().lastAt());
  }

  /** Whether the EV asks for power. */
  public boolean charging() {
    return session.facts().state() == SegmentState.CHARGING;
  }

  /** What the connector can deliver, watts; 0 when unknown. */
  public int maxPowerW() {
    return station.evse(session.evse().evseNo()).map(StationInfo.EvseInfo::maxPowerW).orElse(0);
  }

  /**
   * What the session costs, exactly as a bill would say it at {@code at}; of one that is over, its
   * total.
   *
   * @return empty when nobody pays, or it is not known
   */
  public Optional<Money> cost(Instant at) {
    return costs.of(session, at);
  }

  /**
   * What it will cost at {@code at} when {@code energy} will have flowed since the last reading.
   */
  public Optional<Money> cost(Instant at, Energy energy) {
    return session.open() ? costs.ahead(session, at, energy) : costs.of(session, at);
  }
}
