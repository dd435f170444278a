package org.ampay.web;

import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import org.ampay.base.SecretBox;
import org.ampay.ocpi.CallLog;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.PartnerHttp;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.http.OcpiServer;
import org.ampay.station.Operator;

/** Partners by OCPI without modules, for {@link WebFixture}. */
final class RoamingFixture {

  private RoamingFixture() {}

  static WebRooms.Roaming of(WebFixture web) {
    SecureRandom random = new SecureRandom();
    PartnerBook partners =
        new PartnerBook(
            web.database,
            new SecretBox(new byte[32], random),
            id -> party(web, id),
            web.ids,
            web.time);
    Credentials credentials =
        new Credentials(
            partners,
            new PartnerHttp(random, true),
            web.audit,
            random,
            () -> URI.create(web.url("")),
            id -> web.inventory.operator(id).map(Operator::name).orElseThrow());
    OcpiServer server =
        new OcpiServer(
            partners,
            credentials,
            List.of(),
            CallLog.NONE,
            () -> URI.create(web.url("")),
            web.time);
    return new WebRooms.Roaming(server, partners, credentials);
  }

  private static PartyRef party(WebFixture web, long operator) {
    Operator known = web.inventory.operator(operator).orElseThrow();
    return new PartyRef(known.countryCode(), known.partyId());
  }
}
