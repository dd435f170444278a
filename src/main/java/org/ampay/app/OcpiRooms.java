package org.ampay.app;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
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
import org.ampay.ocpi.push.Comparisons;
import org.ampay.ocpi.push.PushQueue;
import org.ampay.ocpi.push.PushSettings;
import org.ampay.ocpi.push.PushSource;
import org.ampay.ocpi.terminal.Terminals;
import org.ampay.ocpi.token.RoamingTokens;
import org.ampay.ocpi.token.TokensModule;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.web.WebRooms;

/** What partners see of us, and we of them. */
final class OcpiRooms {

  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final Duration COMPARE = Duration.ofMinutes(30);

  final PartnerBook partners;
  final Credentials credentials;
  final PartnerClient client;
  final OcpiServer server;
  final PlaceRooms places;
  final RoamingTokens tokens;
  final RecordRooms records;
  final BufferedCallLog log;
  final PushQueue pushes;
  private final PartnerCommandRooms commands;
  private final PartnerTokenRooms askedTokens;
  final Comparisons comparisons;
  private final PartnerHttp http;
  private final WebRooms.ByHand byHand;

  OcpiRooms(Foundation on, CoreRooms core, PartnerCommandRooms.Ways ways, Supplier<URI> base) {
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
    partners.whenAdded(core.roaming::added);
    log =
        new BufferedCallLog(
            on.database(),
            on.idSource("ocpi_call"),
            on.time(),
            on.settings().partners().keepCalls());
    http = new PartnerHttp(on.random(), new Reach(isInside(on)), log, on.time());
    client = new HttpPartnerClient(http, partners);
    credentials =
        new Credentials(
            partners,
            http,
            new AuditLog(on.database(), on.time()),
            on.random(),
            base,
            id -> inventory.operator(id).map(Operator::name).orElse("Ampay"));
    pushes =
        new PushQueue(
            on.database(),
            new PushQueue.Parts(
                HexFormat.of().toHexDigits(on.random().nextLong()),
                partners,
                client,
                on.time(),
                on.background(),
                on.random(),
                PushSettings.defaults()));
    places = new PlaceRooms(on, core.tariffs, core.live, partners);
    places.tell(partners, pushes);
    tokens = new RoamingTokens(on.database().transactor(), core.tokens, partners, on.time());
    askedTokens =
        new PartnerTokenRooms(on, core.askedPartners, partners, client, places.places, tokens);
    records = RecordRooms.of(on, core, tokens, partners, places, pushes);
    records.register(core.runner);
    commands =
        new PartnerCommandRooms(
            on, core, ways, places.places, tokens, new PartnerCommandRooms.Calls(partners, client));
    comparisons =
        new Comparisons(
            on.database(),
            pushes,
            new Comparisons.Parts(partners, client, pushSources(), on.time(), on.background()));
    byHand =
        new WebRooms.ByHand(
            records.held(),
            new Terminals(on.database().transactor(), client, on.time()),
            places.places,
            askedTokens.pull);
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
    all.addAll(commands.modules());
    all.add(core.roaming.reconciliation());
    all.add(core.roaming.payments(client));
    return all;
  }

  private List<PushSource> pushSources() {
    List<PushSource> all = new ArrayList<>(records.pushSources());
    all.addAll(places.pushSources());
    return all;
  }

  /** What the web needs of them. */
  WebRooms.Roaming web() {
    return new WebRooms.Roaming(server, partners, credentials, log, pushes, comparisons, byHand);
  }

  /** Begins with what is done now and then. */
  void start(Threads threads) {
    threads.repeat("refresh of partners", REFRESH, partners::refresh);
    places.start(threads);
    commands.start(threads);
    askedTokens.start(threads);
    pushes.start(pushSources());
    threads.repeat("look for pushes", REFRESH, pushes::tick);
    threads.repeat("comparison with partners", COMPARE, comparisons::tick);
    threads.repeat("end of old pushes", SWEEP, pushes::sweep);
    threads.repeat("flush of partners' calls", REFRESH, log::flush);
    threads.repeat("end of partners' old calls", SWEEP, log::sweep);
  }

  void close() {
    pushes.close();
    http.close();
    log.flush();
  }
}
