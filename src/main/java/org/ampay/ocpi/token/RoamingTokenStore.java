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

  /** A partner's token by what a station read of it; the newest if several types have that uid. */
  static Optional<RoamingToken> byUid(Tx tx, long partnerId, String uid) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_TOKEN)
        .where(OCPI_TOKEN.PARTNER_ID.eq(partnerId))
        .and(OCPI_TOKEN.UID_KEY.eq(uid.toLowerCase(Locale.ROOT)))
        .and(OCPI_TOKEN.SHADOWED.isFalse())
        .orderBy(OCPI_TOKEN.CHANGED_AT.desc())
        .limit(1)
        .fetchOptional(RoamingTokenStore::token);
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
  record Consent(String method, @Nullable String reference, Instant givenAt) {}

  static void save(Tx tx, long partnerId, String uid, Consent consent) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_CONSENT)
        .set(OCPI_CONSENT.PARTNER_ID, partnerId)
        .set(OCPI_CONSENT.UID_KEY, uid.toLowerCase(Locale.ROOT))
        .set(OCPI_CONSENT.AUTH_METHOD, consent.method())
        .set(OCPI_CONSENT.AUTH_REF, consent.reference())
        .set(OCPI_CONSENT.GIVEN_AT, consent.givenAt())
        .onDuplicateKeyUpdate()
        .set(OCPI_CONSENT.AUTH_METHOD, consent.method())
        .set(OCPI_CONSENT.AUTH_REF, consent.reference())
        .set(OCPI_CONSENT.GIVEN_AT, consent.givenAt())
        .execute();
  }

  /** Takes the consent for a token that was given after a moment; a consent is for one session. */
  static Optional<Consent> take(Tx tx, long partnerId, String uid, Instant after) {
    var dsl = SqlTx.of(tx).dsl();
    Condition that =
        OCPI_CONSENT
            .PARTNER_ID
            .eq(partnerId)
            .and(OCPI_CONSENT.UID_KEY.eq(uid.toLowerCase(Locale.ROOT)));
    Optional<Consent> found =
        dsl.selectFrom(OCPI_CONSENT)
            .where(that)
            .fetchOptional(r -> new Consent(r.getAuthMethod(), r.getAuthRef(), r.getGivenAt()));
    dsl.deleteFrom(OCPI_CONSENT).where(that).execute();
    return found.filter(consent -> consent.givenAt().isAfter(after));
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
