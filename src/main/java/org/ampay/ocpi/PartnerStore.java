package org.ampay.ocpi;

import static org.ampay.store.tables.Tables.OCPI_PARTNER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.base.Digests;
import org.ampay.base.SecretBox;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.OcpiPartnerRecord;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** The table of partners. Tokens are encrypted; the one we are called with is found by its hash. */
final class PartnerStore {

  private final Database database;
  private final SecretBox box;
  private final ChangeCounter counter;
  private final Function<Long, PartyRef> ours;

  /**
   * @param ours the party of an operator
   */
  PartnerStore(Database database, SecretBox box, Function<Long, PartyRef> ours) {
    this.database = database;
    this.box = box;
    this.counter = new ChangeCounter(database, "ocpi_partners");
    this.ours = ours;
  }

  /**
   * A partner with what is secret of it.
   *
   * @param oursHash of the token that it calls us with; null: none is valid
   * @param comingHash of the token that will be, once the partner has answered; null: none
   */
  record Row(
      Partner partner,
      byte @Nullable [] oursHash,
      byte @Nullable [] comingHash,
      byte @Nullable [] ours,
      byte @Nullable [] theirs,
      Instant createdAt) {}

  long version() {
    return counter.version();
  }

  List<Row> all() {
    return database.dsl().selectFrom(OCPI_PARTNER).orderBy(OCPI_PARTNER.ID).fetch(this::row);
  }

  Optional<Row> lock(Tx tx, long id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_PARTNER)
        .where(OCPI_PARTNER.ID.eq(id))
        .forUpdate()
        .fetchOptional(this::row);
  }

  /** Writes a partner, new or known, and its tokens. */
  void save(Tx tx, Partner partner, PartnerTokens tokens, Instant at) {
    Map<Field<?>, Object> columns = columns(partner);
    String token = tokens.ours();
    columns.put(OCPI_PARTNER.OURS_HASH, token == null ? null : hash(token));
    String coming = tokens.coming();
    columns.put(OCPI_PARTNER.COMING_HASH, coming == null ? null : hash(coming));
    columns.put(OCPI_PARTNER.OURS, close(partner.id(), token));
    columns.put(OCPI_PARTNER.THEIRS, close(partner.id(), tokens.theirs()));
    columns.put(OCPI_PARTNER.UPDATED_AT, at);
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_PARTNER)
        .set(OCPI_PARTNER.ID, partner.id())
        .set(OCPI_PARTNER.OPERATOR_ID, partner.operatorId())
        .set(OCPI_PARTNER.CREATED_AT, at)
        .set(columns)
        .onDuplicateKeyUpdate()
        .set(columns)
        .execute();
    counter.changed(tx);
  }

  /** What a row's tokens are. */
  PartnerTokens tokens(Row row) {
    long id = row.partner().id();
    return new PartnerTokens(open(id, row.ours()), open(id, row.theirs()));
  }

  static byte[] hash(String token) {
    return Digests.sha256(token);
  }

  private byte @Nullable [] close(long id, @Nullable String token) {
    return token == null ? null : box.close(token.getBytes(StandardCharsets.UTF_8), owner(id));
  }

  private @Nullable String open(long id, byte @Nullable [] closed) {
    return closed == null ? null : new String(box.open(closed, owner(id)), StandardCharsets.UTF_8);
  }

  private static String owner(long id) {
    return "ocpi-partner:" + id;
  }

  private static Map<Field<?>, Object> columns(Partner partner) {
    OcpiVersion version = partner.version();
    Map<Field<?>, Object> columns = new HashMap<>();
    columns.put(OCPI_PARTNER.ROLE, partner.role());
    columns.put(OCPI_PARTNER.COUNTRY_CODE, partner.party().countryCode());
    columns.put(OCPI_PARTNER.PARTY_ID, partner.party().partyId());
    columns.put(OCPI_PARTNER.NAME, partner.name());
    columns.put(OCPI_PARTNER.VERSIONS_URL, partner.versionsUrl().map(URI::toString).orElse(null));
    columns.put(OCPI_PARTNER.STATE, partner.state().name().toLowerCase(Locale.ROOT));
    columns.put(OCPI_PARTNER.VERSION, version == null ? null : version.wire());
    columns.put(OCPI_PARTNER.ENDPOINTS, endpoints(partner));
    columns.put(OCPI_PARTNER.PARTIES, parties(partner));
    columns.put(OCPI_PARTNER.TOKEN_FORM, partner.tokenForm().name().toLowerCase(Locale.ROOT));
    return columns;
  }

  private static String endpoints(Partner partner) {
    ArrayNode all = OcpiJson.object().putArray("all");
    for (Partner.Endpoint endpoint : partner.endpoints()) {
      ObjectNode one = all.addObject();
      one.put("module", endpoint.module());
      one.put("role", endpoint.role().name());
      one.put("url", endpoint.url().toString());
    }
    return OcpiJson.text(all);
  }

  private static String parties(Partner partner) {
    ArrayNode all = OcpiJson.object().putArray("all");
    for (Partner.Role role : partner.parties()) {
      ObjectNode one = all.addObject();
      one.put("role", role.role());
      one.put("country_code", role.party().countryCode());
      one.put("party_id", role.party().partyId());
      one.put("name", role.name());
    }
    return OcpiJson.text(all);
  }

  private Row row(OcpiPartnerRecord r) {
    List<Partner.Endpoint> endpoints = new ArrayList<>();
    for (JsonNode one : array(r.getEndpoints())) {
      endpoints.add(
          new Partner.Endpoint(
              one.path("module").asText(),
              InterfaceRole.valueOf(one.path("role").asText()),
              URI.create(one.path("url").asText())));
    }
    List<Partner.Role> parties = new ArrayList<>();
    for (JsonNode one : array(r.getParties())) {
      parties.add(
          new Partner.Role(
              one.path("role").asText(),
              new PartyRef(one.path("country_code").asText(), one.path("party_id").asText()),
              one.path("name").asText()));
    }
    Partner partner =
        new Partner(
            r.getId(),
            r.getOperatorId(),
            ours.apply(r.getOperatorId()),
            r.getRole(),
            new PartyRef(r.getCountryCode(), r.getPartyId()),
            r.getName(),
            Optional.ofNullable(r.getVersionsUrl()).map(URI::create),
            Partner.State.valueOf(r.getState().toUpperCase(Locale.ROOT)),
            Optional.ofNullable(r.getVersion()).flatMap(OcpiVersion::of).orElse(null),
            endpoints,
            parties,
            Partner.TokenForm.valueOf(r.getTokenForm().toUpperCase(Locale.ROOT)));
    return new Row(
        partner, r.getOursHash(), r.getComingHash(), r.getOurs(), r.getTheirs(), r.getCreatedAt());
  }

  private static JsonNode array(String text) {
    try {
      return OcpiJson.read(text);
    } catch (IOException e) {
      throw new UncheckedIOException("stored by us", e);
    }
  }
}
