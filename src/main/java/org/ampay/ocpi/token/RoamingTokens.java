package org.ampay.ocpi.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.access.Token;
import org.ampay.access.Tokens;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.RoamingSessions;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Partners' tokens. Each is a token of ours, too, whose driver is the partner itself: so it is
 * authorized, starts and is paid as any other. Of two tokens with one uid the first opens; one of
 * our own always does.
 */
public final class RoamingTokens implements RoamingSessions {

  /** A consent is for a session that begins soon. */
  private static final Duration CONSENT = Duration.ofMinutes(15);

  private final Transactor transactor;
  private final Tokens tokens;
  private final Partners partners;
  private final TimeSource time;

  public RoamingTokens(Transactor transactor, Tokens tokens, Partners partners, TimeSource time) {
    this.transactor = transactor;
    this.tokens = tokens;
    this.partners = partners;
    this.time = time;
  }

  /** What we have of a token. Blocks. */
  public Optional<RoamingToken> find(Partner partner, PartyRef party, String uid, String type) {
    var key = new RoamingTokenStore.Key(partner.id(), party, uid, type);
    return transactor.call(tx -> RoamingTokenStore.find(tx, key));
  }

  /** A partner's token that opens our stations, by its uid alone. Blocks. */
  public Optional<RoamingToken> byUid(long partnerId, String uid) {
    return transactor.call(tx -> RoamingTokenStore.byUid(tx, partnerId, uid));
  }

  /** Keeps a token as the partner sent it, and lets it open our stations while it is valid. */
  public void put(Partner partner, RoamingToken token) {
    Instant now = time.now();
    Token wanted = ours(partner, token);
    Optional<Token> known = tokens.read(partner.operatorId(), token.uid());
    if (known.isEmpty()) {
      try {
        tokens.create(wanted, (tx, made) -> RoamingTokenStore.save(tx, partner, token, false, now));
        return;
      } catch (Tokens.TokenException raced) {
        known = tokens.read(partner.operatorId(), token.uid());
      }
    }
    Long driver = known.map(Token::driverId).orElse(null);
    if (driver != null && driver == partner.id()) {
      tokens.update(wanted, (tx, kept) -> RoamingTokenStore.save(tx, partner, token, false, now));
    } else {
      transactor.run(tx -> RoamingTokenStore.save(tx, partner, token, true, now));
    }
  }

  private static Token ours(Partner partner, RoamingToken token) {
    return new Token(
        0,
        partner.operatorId(),
        token.uid(),
        token.stationType(),
        token.groupId(),
        partner.id(),
        null,
        null,
        // whoever is never on a whitelist must be asked for, which we cannot do yet
        !token.valid() || token.whitelist() == RoamingToken.Whitelist.NEVER,
        1,
        List.of());
  }

  /** The partner agrees that a token charges: for the next session of it, if it begins soon. */
  public void consented(
      Tx tx, long partnerId, String uid, String method, @Nullable String reference) {
    RoamingTokenStore.save(
        tx, partnerId, uid, new RoamingTokenStore.Consent(method, reference, time.now()));
  }

  @Override
  public Optional<RoamingSession> of(long sessionId) {
    return transactor.call(tx -> of(tx, sessionId));
  }

  /**
   * What is found at first is kept: whatever becomes of the token, the session stays whose it is.
   */
  private Optional<RoamingSession> of(Tx tx, long sessionId) {
    Optional<RoamingSession> kept = RoamingTokenStore.session(tx, sessionId);
    if (kept.isPresent()) {
      return kept;
    }
    Optional<RoamingTokenStore.Started> started =
        RoamingTokenStore.started(tx, sessionId)
            .filter(start -> partners.byId(start.driverId()).isPresent());
    if (started.isEmpty()) {
      return Optional.empty();
    }
    long partner = started.get().driverId();
    String uid = started.get().uid();
    return RoamingTokenStore.byUid(tx, partner, uid)
        .map(
            token -> {
              RoamingSession session = session(tx, sessionId, partner, token);
              RoamingTokenStore.save(tx, started.get().operatorId(), session);
              return session;
            });
  }

  private RoamingSession session(Tx tx, long sessionId, long partner, RoamingToken token) {
    Optional<RoamingTokenStore.Consent> consent =
        RoamingTokenStore.take(tx, partner, token.uid(), time.now().minus(CONSENT));
    return new RoamingSession(
        sessionId,
        partner,
        token.party(),
        token.uid(),
        token.type(),
        token.contractId(),
        consent.map(RoamingTokenStore.Consent::method).orElse("WHITELIST"),
        consent.map(RoamingTokenStore.Consent::reference).orElse(null));
  }
}
