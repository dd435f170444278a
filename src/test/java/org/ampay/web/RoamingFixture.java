package org.ampay.web;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.ampay.base.SecretBox;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.PartnerHttp;
import org.ampay.ocpi.client.Reach;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.http.OcpiServer;
import org.ampay.ocpi.log.BufferedCallLog;
import org.ampay.station.Operator;

/** Partners by OCPI with a module that tests fill by hand, for {@link WebFixture}. */
final class RoamingFixture {

  /** No test waits longer than this for a partner that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

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
    BufferedCallLog log = new BufferedCallLog(web.database, web.ids, web.time, Duration.ofDays(30));
    Credentials credentials =
        new Credentials(
            partners,
            new PartnerHttp(random, new Reach(true), log, web.time, PATIENCE),
            web.audit,
            random,
            () -> URI.create(web.url("")),
            id -> web.inventory.operator(id).map(Operator::name).orElseThrow());
    OcpiServer server =
        new OcpiServer(
            partners,
            credentials,
            List.of(new ListedModule()),
            log,
            () -> URI.create(web.url("")),
            web.time);
    return new WebRooms.Roaming(server, partners, credentials, log);
  }

  private static PartyRef party(WebFixture web, long operator) {
    Operator known = web.inventory.operator(operator).orElseThrow();
    return new PartyRef(known.countryCode(), known.partyId());
  }
}
