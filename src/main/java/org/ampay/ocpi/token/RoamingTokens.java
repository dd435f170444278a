package org.ampay.ocpi.token;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

  /** Who has just been asked is not asked again for the same use. */
  private static final Duration JUST_NOW = Duration.ofSeconds(5);

  private static final int AT_ONCE = 100;

  private static final int TRIES = 50;

  /** Auth method of what a partner commanded. */
  public static final String COMMAND = "COMMAND";

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
    keep(partner, List.of(token), known -> List.of(token));
  }

  /** Changes a token by what is stored of it: of changes at once none is lost. Blocks. */
  void change(Partner partner, RoamingToken before, UnaryOperator<RoamingToken> change) {
    RoamingTokenStore.Key key = RoamingTokenStore.key(partner.id(), before);
    keep(partner, List.of(before), known -> List.of(change.apply(known.getOrDefault(key, before))));
  }

  /** Keeps those that say something new. Blocks. */
  void putNew(Partner partner, List<RoamingToken> all) {
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      List<RoamingToken> some = all.subList(i, Math.min(i + AT_ONCE, all.size()));
      keep(
          partner,
          some,
          known ->
              some.stream()
                  .filter(
                      token -> isNews(token, known.get(RoamingTokenStore.key(partner.id(), token))))
                  .toList());
    }
  }

  /**
   * Keeps what follows from what is known; once more, if that has changed meanwhile.
   *
   * @param about of which tokens that has to be known: those with the same uids
   */
  private void keep(
      Partner partner,
      List<RoamingToken> about,
      Function<Map<RoamingTokenStore.Key, RoamingToken>, List<RoamingToken>> what) {
    for (int i = 1; ; i++) {
      Map<RoamingTokenStore.Key, RoamingToken> known =
          transactor.call(tx -> RoamingTokenStore.known(tx, partner.id(), about, false));
      List<RoamingToken> fresh = what.apply(known);
      try {
        if (!fresh.isEmpty()) {
          keep(partner, about, known, fresh);
        }
        return;
      } catch (Outrun e) {
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  private void keep(
      Partner partner,
      List<RoamingToken> about,
      Map<RoamingTokenStore.Key, RoamingToken> known,
      List<RoamingToken> fresh) {
    Instant now = time.now();
    Map<RoamingTokenStore.Key, RoamingToken> all = new HashMap<>(known);
    fresh.forEach(token -> all.put(RoamingTokenStore.key(partner.id(), token), token));
    Map<String, RoamingToken> opening = new TreeMap<>();
    all.values()
        .forEach(
            token ->
                opening.merge(token.key(), token, BinaryOperator.minBy(RoamingToken.OPENS_FIRST)));
    tokens.adopt(
        partner.operatorId(),
        partner.id(),
        opening.values().stream().flatMap(token -> ours(partner, token)).toList(),
        (tx, others) -> {
          if (!RoamingTokenStore.known(tx, partner.id(), about, true).equals(known)) {
            throw new Outrun();
          }
          fresh.forEach(
              token ->
                  RoamingTokenStore.save(tx, partner, token, others.contains(token.key()), now));
        });
  }

  /** Somebody else has changed the same tokens. */
  private static final class Outrun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Outrun() {
      super("too many changes of a token at the same time", null, false, false);
    }
  }

  /** What was pushed meanwhile is newer than the page that it was missing on. */
  private static boolean isNews(RoamingToken token, @Nullable RoamingToken known) {
    return known == null
        || (!known.lastUpdated().isAfter(token.lastUpdated())
            && !known.body().equals(token.body()));
  }

  /** The token, and what stands for it where its uid is too long. */
  private static Stream<Token> ours(Partner partner, RoamingToken token) {
    Token itself =
        ours(
            partner,
            token,
            token.uid(),
            token.whitelist() == RoamingToken.Whitelist.NEVER
                ? Token.Traits.asked()
                : Token.Traits.NONE);
    // The alias comes by remote starts only: no list or cache needs it.
    return Stream.concat(
        Stream.of(itself),
        token.alias(partner.id()).stream()
            .map(alias -> ours(partner, token, alias, Token.Traits.asked())));
  }

  private static Token ours(Partner partner, RoamingToken token, String uid, Token.Traits traits) {
    return new Token(
        0,
        partner.operatorId(),
        uid,
        token.stationType(),
        token.stationGroup(partner.id()),
        partner.id(),
        null,
        null,
        !token.valid(),
        1,
        List.of(),
        traits);
  }

  /** The partner agrees that a token charges: for the next session of it, if it begins soon. */
  public void consented(
      Tx tx, long partnerId, String uid, String method, @Nullable String reference) {
    Instant now = time.now();
    consented(
        tx,
        partnerId,
        uid,
        new RoamingTokenStore.Consent(method, reference, now, now.plus(CONSENT)));
  }

  /**
   * It reserved for a token: so its next session, if it begins before that moment, is agreed to.
   */
  public void reserved(
      Tx tx, long partnerId, String uid, @Nullable String reference, Instant until) {
    consented(
        tx, partnerId, uid, new RoamingTokenStore.Consent(COMMAND, reference, time.now(), until));
  }

  private static void consented(
      Tx tx, long partnerId, String uid, RoamingTokenStore.Consent consent) {
    RoamingTokenStore.save(tx, partnerId, uid, consent);
  }

  /** What the partner agreed to did not begin. */
  public void withdrawn(Tx tx, long partnerId, String uid) {
    RoamingTokenStore.take(tx, partnerId, uid, time.now());
  }

  /** The partner has agreed in real time. Blocks. */
  void agreed(long partnerId, String uid, @Nullable String reference) {
    transactor.run(tx -> consented(tx, partnerId, uid, "AUTH_REQUEST", reference));
  }

  /**
   * Whether the partner agrees to a session that did not begin yet. Blocks.
   *
   * @param starts whether that session begins now; before, only a command speaks for it, or an
   *     answer of this moment
   */
  boolean hasConsent(long partnerId, String uid, boolean starts) {
    Instant now = time.now();
    return transactor
        .call(tx -> RoamingTokenStore.consent(tx, partnerId, uid))
        .filter(consent -> consent.until().isAfter(now))
        .filter(
            consent ->
                starts
                    || consent.method().equals(COMMAND)
                    || consent.givenAt().isAfter(now.minus(JUST_NOW)))
        .isPresent();
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
        RoamingTokenStore.take(tx, partner, token.uid(), time.now());
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
