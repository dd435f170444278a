package org.ampay.app;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.ampay.audit.AuditLog;
import org.ampay.base.SecretBox;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.HttpPartnerClient;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerHttp;
import org.ampay.ocpi.client.Reach;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiServer;
import org.ampay.ocpi.log.BufferedCallLog;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.Pushes;
import org.ampay.ocpi.token.RoamingTokens;
import org.ampay.ocpi.token.TokensModule;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.store.Tx;
import org.ampay.web.WebRooms;

/** What partners see of us, and we of them. */
final class OcpiRooms {

  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  /** Until partners' tokens are kept here, no session is a partner's. */

  /** Until there is a queue, partners pull. */
  private static final Pushes UNHEARD =
      new Pushes() {
        @Override
        public void wanted(Tx tx, long partnerId, PushKind kind, String key) {}

        @Override
        public void wanted(Collection<Long> partnerIds, PushKind kind, Collection<String> keys) {}
      };

  final PartnerBook partners;
  final Credentials credentials;
  final PartnerClient client;
  final OcpiServer server;
  final BufferedCallLog log;
  final PlaceRooms places;
  final RoamingTokens tokens;
  final RecordRooms records;
  private final PartnerHttp http;

  OcpiRooms(Foundation on, CoreRooms core, Supplier<URI> base) {
    Inventory inventory = core.inventory;
    byte[] key =
        KeyFile.readOrMake(on.settings().data().resolve("keys").resolve("ocpi-partners.key"));
    partners =
        new PartnerBook(
            on.database(),
            new SecretBox(key, on.random()),
            id -> party(inventory, id),
            on.ids(), // as drivers have: a partner pays as the driver with its id
            on.time());
    log =
        new BufferedCallLog(
            on.database(),
            on.idSource("ocpi_call"),
            on.time(),
            on.settings().partners().keepCalls());
    http = new PartnerHttp(on.random(), new Reach(isInside(on)), log, on.time());
    client = new HttpPartnerClient(http, partners);
    partners.whenAdded(core.roaming::added);
    credentials =
        new Credentials(
            partners,
            http,
            new AuditLog(on.database(), on.time()),
            on.random(),
            base,
            id -> inventory.operator(id).map(Operator::name).orElse("Ampay"));
    places = new PlaceRooms(on, core.tariffs, core.live, partners);
    places.tell(partners, UNHEARD);
    tokens = new RoamingTokens(on.database().transactor(), core.tokens, partners, on.time());
    records = RecordRooms.of(on, core, tokens, partners, places, UNHEARD);
    records.register(core.runner);
    server = new OcpiServer(partners, credentials, modules(core), log, base, on.time());
  }

  private static PartyRef party(Inventory inventory, long operatorId) {
    return inventory
        .operator(operatorId)
        .map(operator -> new PartyRef(operator.countryCode(), operator.partyId()))
        .orElseThrow(() -> new IllegalStateException("no operator " + operatorId));
  }

  /** Who listens on the loopback only is tried out: partners may be there, too. */
  private static boolean isInside(Foundation on) {
    String host = on.settings().http().listen().host();
    return on.settings().partners().inside() || host.equals("localhost") || host.startsWith("127.");
  }

  private List<OcpiModule> modules(CoreRooms core) {
    List<OcpiModule> all = new ArrayList<>(records.modules());
    all.addAll(places.modules());
    all.add(new TokensModule(tokens));
    all.add(core.roaming.reconciliation());
    return all;
  }

  /** What the web needs of them. */
  WebRooms.Roaming web() {
    return new WebRooms.Roaming(server, partners, credentials, log);
  }

  /** Begins with what is done now and then. */
  void start(Threads threads) {
    threads.repeat("refresh of partners", REFRESH, partners::refresh);
    threads.repeat("flush of partners' calls", REFRESH, log::flush);
    threads.repeat("end of partners' old calls", SWEEP, log::sweep);
    places.start(threads);
  }

  void close() {
    http.close();
    log.flush();
  }
}
