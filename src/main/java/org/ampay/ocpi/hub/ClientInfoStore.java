package org.ampay.ocpi.hub;

import static org.ampay.store.tables.Tables.OCPI_CLIENT_INFO;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.store.SqlTx;
import org.ampay.store.Transactor;

/** What hubs told of others. */
public final class ClientInfoStore {

  private final Transactor transactor;

  public ClientInfoStore(Transactor transactor) {
    this.transactor = transactor;
  }

  /** What a hub told of a party. Blocks. */
  Optional<ObjectNode> find(long partnerId, PartyRef party) {
    return transactor
        .call(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .select(OCPI_CLIENT_INFO.BODY)
                    .from(OCPI_CLIENT_INFO)
                    .where(OCPI_CLIENT_INFO.PARTNER_ID.eq(partnerId))
                    .and(OCPI_CLIENT_INFO.COUNTRY_CODE.eq(party.countryCode()))
                    .and(OCPI_CLIENT_INFO.PARTY_ID.eq(party.partyId()))
                    .fetchOptional(OCPI_CLIENT_INFO.BODY))
        .map(ClientInfoStore::object);
  }

  /** Keeps what a hub tells. Blocks. */
  void put(long partnerId, PartyRef party, ObjectNode body) {
    String text = OcpiJson.text(body);
    transactor.run(
        tx ->
            SqlTx.of(tx)
                .dsl()
                .insertInto(OCPI_CLIENT_INFO)
                .set(OCPI_CLIENT_INFO.PARTNER_ID, partnerId)
                .set(OCPI_CLIENT_INFO.COUNTRY_CODE, party.countryCode())
                .set(OCPI_CLIENT_INFO.PARTY_ID, party.partyId())
                .set(OCPI_CLIENT_INFO.BODY, text)
                .onDuplicateKeyUpdate()
                .set(OCPI_CLIENT_INFO.BODY, text)
                .execute());
  }

  private static ObjectNode object(String body) {
    try {
      return (ObjectNode) OcpiJson.read(body);
    } catch (IOException e) {
      throw new UncheckedIOException("stored by us", e);
    }
  }
}
