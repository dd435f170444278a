package org.ampay.ocpi.token;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.OCPI_CONSENT;
import static org.ampay.store.tables.Tables.OCPI_SESSION_TOKEN;
import static org.ampay.store.tables.Tables.OCPI_TOKEN;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.OcpiTokenRecord;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The tables of partners' tokens and of what was started with them. */
final class RoamingTokenStore {

  private RoamingTokenStore() {}

  /** Whose token that is. */
  record Key(long partnerId, PartyRef party, String uid, String type) {

    private Condition condition() {
      return OCPI_TOKEN
          .PARTNER_ID
          .eq(partnerId)
          .and(OCPI_TOKEN.COUNTRY_CODE.eq(party.countryCode()))
          .and(OCPI_TOKEN.PARTY_ID.eq(party.partyId()))
          .and(OCPI_TOKEN.UID_KEY.eq(uid.toLowerCase(Locale.ROOT)))
          .and(OCPI_TOKEN.TYPE.eq(type));
    }
  }

  static Optional<RoamingToken> find(Tx tx, Key key) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_TOKEN)
        .where(key.condition())
        .fetchOptional(RoamingTokenStore::token);
  }

  static void save(Tx tx, Partner partner, RoamingToken token, boolean shadowed, Instant at) {
    Map<Field<?>, Object> columns = new HashMap<>();
    columns.put(OCPI_TOKEN.UID, token.uid());
    columns.put(OCPI_TOKEN.ALIAS, token.alias(partner.id()).orElse(null));
    columns.put(OCPI_TOKEN.CONTRACT_ID, token.contractId());
    columns.put(OCPI_TOKEN.VALID, token.valid());
    columns.put(OCPI_TOKEN.WHITELIST, token.whitelist().name());
    columns.put(OCPI_TOKEN.SHADOWED, shadowed);
    columns.put(OCPI_TOKEN.BODY, OcpiJson.text(token.body()));
    columns.put(OCPI_TOKEN.LAST_UPDATED, token.lastUpdated());
    columns.put(OCPI_TOKEN.CHANGED_AT, at);
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_TOKEN)
        .set(OCPI_TOKEN.PARTNER_ID, partner.id())
        .set(OCPI_TOKEN.OPERATOR_ID, partner.operatorId())
        .set(OCPI_TOKEN.COUNTRY_CODE, token.party().countryCode())
        .set(OCPI_TOKEN.PARTY_ID, token.party().partyId())
        .set(OCPI_TOKEN.UID_KEY, token.key())
        .set(OCPI_TOKEN.TYPE, token.type())
        .set(columns)
        .onDuplicateKeyUpdate()
        .set(columns)
        .execute();
  }

  static Key key(long partnerId, RoamingToken token) {
    return new Key(partnerId, token.party(), token.key(), token.type());
  }

  /**
   * What is known of tokens of a partner with the uids of these.
   *
   * @param locked until the transaction's end
   */
  static Map<Key, RoamingToken> known(
      Tx tx, long partnerId, List<RoamingToken> some, boolean locked) {
    Map<Key, RoamingToken> known = new HashMap<>();
    var rows =
        SqlTx.of(tx)
            .dsl()
            .selectFrom(OCPI_TOKEN)
            .where(OCPI_TOKEN.PARTNER_ID.eq(partnerId))
            .and(OCPI_TOKEN.UID_KEY.in(some.stream().map(RoamingToken::key).toList()));
    (locked
            ? rows.forUpdate().fetch(RoamingTokenStore::token)
            : rows.fetch(RoamingTokenStore::token))
        .forEach(token -> known.put(key(partnerId, token), token));
    return known;
  }

  /**
   * A partner's token by what a station read of it; of several with that uid the one that opens.
   */
  static Optional<RoamingToken> byUid(Tx tx, long partnerId, String uid) {
    String key = uid.toLowerCase(Locale.ROOT);
    return opening(tx, partnerId, OCPI_TOKEN.UID_KEY.eq(key))
        .or(
            () ->
                RoamingToken.isAlias(key)
                    ? opening(tx, partnerId, OCPI_TOKEN.ALIAS.eq(key))
                    : Optional.empty());
  }

  private static Optional<RoamingToken> opening(Tx tx, long partnerId, Condition condition) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_TOKEN)
        .where(OCPI_TOKEN.PARTNER_ID.eq(partnerId))
        .and(condition)
        .and(OCPI_TOKEN.SHADOWED.isFalse())
        .fetch(RoamingTokenStore::token)
        .stream()
        .min(RoamingToken.OPENS_FIRST);
  }

  /** Who pays for a session and with which token it began; empty: no driver or no token. */
  static Optional<Started> started(Tx tx, long sessionId) {
    return SqlTx.of(tx)
        .dsl()
        .select(
            CHARGING_SESSION.OPERATOR_ID, CHARGING_SESSION.DRIVER_ID, CHARGING_SESSION.TOKEN_UID)
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.ID.eq(sessionId))
        .and(CHARGING_SESSION.DRIVER_ID.isNotNull())
        .and(CHARGING_SESSION.TOKEN_UID.isNotNull())
        .fetchOptional(
            r ->
                new Started(
                    r.value1(),
                    Objects.requireNonNull(r.value2()),
                    Objects.requireNonNull(r.value3())));
  }

  /** How a session began. */
  record Started(long operatorId, long driverId, String uid) {}

  static Optional<RoamingSession> session(Tx tx, long sessionId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_SESSION_TOKEN)
        .where(OCPI_SESSION_TOKEN.SESSION_ID.eq(sessionId))
        .fetchOptional(RoamingTokenStore::session);
  }

  /** Writes whose session it is, unless that is written. */
  static void save(Tx tx, long operatorId, RoamingSession session) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_SESSION_TOKEN)
        .set(OCPI_SESSION_TOKEN.SESSION_ID, session.sessionId())
        .set(OCPI_SESSION_TOKEN.PARTNER_ID, session.partnerId())
        .set(OCPI_SESSION_TOKEN.OPERATOR_ID, operatorId)
        .set(OCPI_SESSION_TOKEN.COUNTRY_CODE, session.token().countryCode())
        .set(OCPI_SESSION_TOKEN.PARTY_ID, session.token().partyId())
        .set(OCPI_SESSION_TOKEN.UID, session.uid())
        .set(OCPI_SESSION_TOKEN.TYPE, session.type())
        .set(OCPI_SESSION_TOKEN.CONTRACT_ID, session.contractId())
        .set(OCPI_SESSION_TOKEN.AUTH_METHOD, session.authMethod())
        .set(OCPI_SESSION_TOKEN.AUTH_REF, session.authorizationReference())
        .onDuplicateKeyIgnore()
        .execute();
  }

  /** A consent that no session used yet. */
  record Consent(String method, @Nullable String reference, Instant givenAt, Instant until) {}

  static void save(Tx tx, long partnerId, String uid, Consent consent) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_CONSENT)
        .set(OCPI_CONSENT.PARTNER_ID, partnerId)
        .set(OCPI_CONSENT.UID_KEY, uid.toLowerCase(Locale.ROOT))
        .set(OCPI_CONSENT.AUTH_METHOD, consent.method())
        .set(OCPI_CONSENT.AUTH_REF, consent.reference())
        .set(OCPI_CONSENT.GIVEN_AT, consent.givenAt())
        .set(OCPI_CONSENT.UNTIL, consent.until())
        .onDuplicateKeyUpdate()
        .set(OCPI_CONSENT.AUTH_METHOD, consent.method())
        .set(OCPI_CONSENT.AUTH_REF, consent.reference())
        .set(OCPI_CONSENT.GIVEN_AT, consent.givenAt())
        .set(OCPI_CONSENT.UNTIL, consent.until())
        .execute();
  }

  private static Condition consentOf(long partnerId, String uid) {
    return OCPI_CONSENT
        .PARTNER_ID
        .eq(partnerId)
        .and(OCPI_CONSENT.UID_KEY.eq(uid.toLowerCase(Locale.ROOT)));
  }

  /** The newest consent for a token; it stays. */
  static Optional<Consent> consent(Tx tx, long partnerId, String uid) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_CONSENT)
        .where(consentOf(partnerId, uid))
        .fetchOptional(
            r -> new Consent(r.getAuthMethod(), r.getAuthRef(), r.getGivenAt(), r.getUntil()));
  }

  /** Takes the consent for a token if it holds at a moment; a consent is for one session. */
  static Optional<Consent> take(Tx tx, long partnerId, String uid, Instant at) {
    Optional<Consent> found = consent(tx, partnerId, uid);
    SqlTx.of(tx).dsl().deleteFrom(OCPI_CONSENT).where(consentOf(partnerId, uid)).execute();
    return found.filter(consent -> consent.until().isAfter(at));
  }

  private static RoamingToken token(OcpiTokenRecord r) {
    try {
      return RoamingToken.of((ObjectNode) OcpiJson.read(r.getBody()));
    } catch (IOException e) {
      throw new UncheckedIOException("stored by us", e);
    }
  }

  private static RoamingSession session(Record r) {
    return new RoamingSession(
        r.get(OCPI_SESSION_TOKEN.SESSION_ID),
        r.get(OCPI_SESSION_TOKEN.PARTNER_ID),
        new PartyRef(r.get(OCPI_SESSION_TOKEN.COUNTRY_CODE), r.get(OCPI_SESSION_TOKEN.PARTY_ID)),
        r.get(OCPI_SESSION_TOKEN.UID),
        r.get(OCPI_SESSION_TOKEN.TYPE),
        r.get(OCPI_SESSION_TOKEN.CONTRACT_ID),
        r.get(OCPI_SESSION_TOKEN.AUTH_METHOD),
        r.get(OCPI_SESSION_TOKEN.AUTH_REF));
  }
}
