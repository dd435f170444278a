package org.ampay.charging;

import java.time.Instant;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A charging session as its station's owner holds it: the row of {@code charging_session} less the
 * settlement, and what its readings added up to. Immutable.
 *
 * @param charging whether the station said that the EV charges
 * @param meter what the registers say; reset once the session is over
 * @param facts what the price will depend on; reset once the session is over
 * @param events the numbers of its events, of OCPP 2.0.1
 */
record Session(
    Identity identity,
    EvseRef evse,
    Begin begin,
    Payer payer,
    SessionState state,
    @Nullable End end,
    Remarks remarks,
    boolean charging,
    MeterTrack meter,
    PriceFacts facts,
    Sequence events) {

  /** The remark on a session whose start is not reported yet; a start takes it away. */
  static final String START_MISSING = "its start was never reported";

  /**
   * What never changes.
   *
   * @param key 16 bytes, unique for ever
   */
  record Identity(
      long id,
      byte[] key,
      long operatorId,
      long siteId,
      long stationId,
      Protocol protocol,
      String transactionId) {}

  /** The start, by the station's clock and by ours. */
  record Begin(Instant at, Instant receivedAt, @Nullable Energy register) {}

  /**
   * Who pays, at which tariff.
   *
   * @param token the first one shown; null in a session that began with the cable
   * @param holdId what the guard granted
   * @param snapshot the frozen tariff with its row's id; null without a granted token
   * @param from when the token was accepted, where that was after the start and before any energy
   *     flowed: earlier time is nobody's; null: from the start
   */
  record Payer(
      @Nullable IdToken token,
      @Nullable Long tokenId,
      @Nullable Long driverId,
      @Nullable Long holdId,
      @Nullable Frozen snapshot,
      @Nullable Instant from) {

    static final Payer NONE = new Payer(null, null, null, null, null, null);

    /** Somebody who was there, and pays nothing. */
    static Payer shown(@Nullable IdToken token, @Nullable Long tokenId, @Nullable Long driverId) {
      return new Payer(token, tokenId, driverId, null, null, null);
    }
  }

  /** A tariff frozen into a session. */
  record Frozen(long id, TariffSnapshot tariff) {}

  /**
   * The end.
   *
   * @param energy null when the registers do not tell it
   * @param priceFacts canonical text; null when the session is not priced
   * @param total the bill's total; null when the session is not priced
   */
  record End(
      Instant at,
      Instant receivedAt,
      @Nullable String reason,
      @Nullable Energy register,
      @Nullable Energy energy,
      @Nullable String priceFacts,
      @Nullable Money total) {}

  long id() {
    return identity.id();
  }

  String transactionId() {
    return identity.transactionId();
  }

  /** Not over: facts still change what it is. */
  boolean open() {
    return end == null;
  }

  /** Open, and not refused. */
  boolean running() {
    return open() && state == SessionState.ACTIVE;
  }

  /** Whether a token was accepted for it. */
  boolean authorized() {
    return state == SessionState.ACTIVE && payer.holdId() != null;
  }

  Session withEvse(EvseRef other) {
    return new Session(
        identity, other, begin, payer, state, end, remarks, charging, meter, facts, events);
  }

  Session withBegin(Begin other) {
    return new Session(
        identity, evse, other, payer, state, end, remarks, charging, meter, facts, events);
  }

  Session withPayer(Payer other, SessionState newState) {
    return new Session(
        identity, evse, begin, other, newState, end, remarks, charging, meter, facts, events);
  }

  Session withRemarks(Remarks other) {
    return new Session(
        identity, evse, begin, payer, state, end, other, charging, meter, facts, events);
  }

  Session withMeter(MeterTrack track, PriceFacts gathered) {
    return new Session(
        identity, evse, begin, payer, state, end, remarks, charging, track, gathered, events);
  }

  /** The EV asks for power from now on, or no longer does. */
  Session withPhase(Instant at, SegmentState phase) {
    boolean charges = charging || phase == SegmentState.CHARGING;
    PriceFacts gathered = facts.change(at, phase);
    return new Session(
        identity, evse, begin, payer, state, end, remarks, charges, meter, gathered, events);
  }

  /** Over: what was gathered is in {@code ending} now and needs no memory. */
  Session ended(SessionState newState, End ending, Remarks why) {
    return new Session(
        identity,
        evse,
        begin,
        payer,
        newState,
        ending,
        why,
        charging,
        MeterTrack.NONE,
        PriceFacts.begin(begin.at(), 2),
        events);
  }

  /** Priced from {@code at}; nothing has flowed before. */
  Session pricedFrom(Instant at) {
    Payer later =
        new Payer(payer.token, payer.tokenId, payer.driverId, payer.holdId, payer.snapshot, at);
    return withPayer(later, state).withMeter(meter, facts.from(at));
  }

  /** With a further number of an event. */
  Session withEvents(Sequence all) {
    return new Session(
        identity, evse, begin, payer, state, end, remarks, charging, meter, facts, all);
  }

  /** Over, but with all that was gathered: it can be judged again. */
  Session withEnd(@Nullable End other, SessionState newState, Remarks why) {
    return new Session(
        identity, evse, begin, payer, newState, other, why, charging, meter, facts, events);
  }
}
