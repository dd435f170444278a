package org.ampay.app;

import java.net.URI;
import java.time.Duration;
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
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.web.WebRooms;

/** What partners see of us, and we of them. */
final class OcpiRooms {

  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  final PartnerBook partners;
  final Credentials credentials;
  final PartnerClient client;
  final OcpiServer server;
  final BufferedCallLog log;
  private final PartnerHttp http;

  OcpiRooms(Foundation on, Inventory inventory, Supplier<URI> base) {
    byte[] key =
        KeyFile.readOrMake(on.settings().data().resolve("keys").resolve("ocpi-partners.key"));
    partners =
        new PartnerBook(
            on.database(),
            new SecretBox(key, on.random()),
            id -> party(inventory, id),
            on.idSource("ocpi"),
            on.time());
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
    server = new OcpiServer(partners, credentials, modules(), log, base, on.time());
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

  private List<OcpiModule> modules() {
    return List.of();
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
  }

  void close() {
    http.close();
    log.flush();
  }
}
