package org.ampay.web;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.ampay.base.SecretBox;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.cdr.CdrStore;
import org.ampay.ocpi.cdr.HeldCdrs;
import org.ampay.ocpi.client.HttpPartnerClient;
import org.ampay.ocpi.client.PartnerHttp;
import org.ampay.ocpi.client.Reach;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.http.OcpiServer;
import org.ampay.ocpi.location.InventoryReadStore;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.location.PlaceStore;
import org.ampay.ocpi.log.BufferedCallLog;
import org.ampay.ocpi.push.Comparisons;
import org.ampay.ocpi.push.PushQueue;
import org.ampay.ocpi.push.PushSettings;
import org.ampay.ocpi.tariff.PartnerPrices;
import org.ampay.ocpi.terminal.Terminals;
import org.ampay.ocpi.token.RoamingTokens;
import org.ampay.ocpi.token.TokenPull;
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
    PartnerHttp http = new PartnerHttp(random, new Reach(true), log, web.time, PATIENCE);
    Credentials credentials =
        new Credentials(
            partners,
            http,
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
    HttpPartnerClient client = new HttpPartnerClient(http, partners);
    RoamingTokens tokens =
        new RoamingTokens(web.database.transactor(), web.tokens, partners, web.time);
    TokenPull pull =
        new TokenPull(partners, client, tokens, web.database.transactor(), Runnable::run, web.time);
    PushQueue pushes =
        new PushQueue(
            web.database,
            new PushQueue.Parts(
                "test",
                partners,
                client,
                web.time,
                Runnable::run,
                random,
                PushSettings.defaults()));
    Comparisons comparisons =
        new Comparisons(
            web.database,
            pushes,
            new Comparisons.Parts(partners, client, List.of(), web.time, Runnable::run));
    return new WebRooms.Roaming(
        server,
        partners,
        credentials,
        log,
        pushes,
        comparisons,
        byHand(web, partners, client, pull));
  }

  /** Places are read when a test says so: {@code places().refresh()}. */
  private static WebRooms.ByHand byHand(
      WebFixture web, PartnerBook partners, HttpPartnerClient client, TokenPull pull) {
    return new WebRooms.ByHand(
        new HeldCdrs(web.database.transactor(), new CdrStore(), web.jobs, web.time),
        new Terminals(web.database.transactor(), client, web.time),
        new PlaceBook(
            new InventoryReadStore(web.database),
            new PlaceStore(web.database),
            new PartnerPrices(web.tariffs, partners, web.time),
            web.time),
        pull);
  }

  private static PartyRef party(WebFixture web, long operator) {
    Operator known = web.inventory.operator(operator).orElseThrow();
    return new PartyRef(known.countryCode(), known.partyId());
  }
}
