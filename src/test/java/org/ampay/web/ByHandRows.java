package org.ampay.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartnerTokens;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.cdr.CdrStore;
import org.ampay.station.NewStation;
import org.ampay.station.NewStation.NewConnector;
import org.ampay.station.NewStation.NewEvse;
import org.ampay.station.Site;

/** What people see to with OCPI: CDRs held back, sites that cannot be told, card terminals. */
final class ByHandRows {

  static final String ODD = "<img src=x onerror=alert(1)>\u202Egnirts";

  final Partner service;
  private final WebFixture web;

  /**
   * @param payments where the service has its Payments module
   */
  ByHandRows(WebFixture web, URI payments) {
    this.web = web;
    long id = web.roaming.partners().nextId();
    service =
        new Partner(
            id,
            1,
            new PartyRef("CN", "AMP"),
            "PTP",
            new PartyRef("DE", "PTP"),
            "Kartenterminals & <Zahlungen> Süddeutschland GmbH",
            Optional.of(payments.resolve("/versions")),
            Partner.State.REGISTERED,
            OcpiVersion.V2_3_0,
            List.of(new Partner.Endpoint("payments", InterfaceRole.SENDER, payments)),
            List.of(),
            Partner.TokenForm.BASE64);
    web.roaming
        .partners()
        .add(
            new PartnerBook.Change(service, new PartnerTokens("ours-ptp", "theirs-ptp")), tx -> {});
  }

  /** A site of which all is known, with a station of two EVSEs. */
  void place(String code, String name, String station) {
    Site site =
        web.inventory.createSite(
            new Site(
                0,
                1,
                code,
                name,
                new Site.Address(
                    "Ring 1",
                    "Berlin",
                    "10115",
                    "DEU",
                    new BigDecimal("52.5"),
                    new BigDecimal("13.4")),
                ZoneId.of("Europe/Berlin"),
                true));
    web.inventory.createStation(
        new NewStation(
            1,
            site.id(),
            station,
            "",
            0,
            List.of(
                new NewEvse(1, true, 3, 50_000, List.of(new NewConnector(1, "IEC_62196_T2"))),
                new NewEvse(2, true, 3, 50_000, List.of(new NewConnector(1, "IEC_62196_T2"))),
                new NewEvse(3, true, 3, 50_000, List.of(new NewConnector(1, "NEVER_HEARD"))))),
        Optional.empty());
  }

  /** What the watch does in a server. */
  void readPlaces() {
    web.roaming.byHand().places().refresh();
  }

  void held(long session, String reason) {
    CdrStore.Held row =
        new CdrStore.Held(session, service.id(), 1, session + 1, reason, web.time.now());
    web.database.transactor().run(tx -> new CdrStore().hold(tx, row));
  }

  void terminal(String id, String more) {
    String json =
        "{\"terminal_id\":\"%s\",%s\"last_updated\":\"2025-03-01T10:00:00Z\"}".formatted(id, more);
    try {
      web.roaming
          .byHand()
          .terminals()
          .told(
              service,
              (ObjectNode) WebFixture.JSON.readTree(json),
              web.time.now().minusSeconds(60));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Some of everything, much of it odd. */
  void much() {
    place("ring-1", "Ring 1, Berlin", "BE-1");
    place("ring-2", "A site with a name that is as long as somebody in a hurry makes it", "BE-2");
    readPlaces();
    for (int i = 0; i < 8; i++) {
      held(
          4_711 + i * 1_000_000_007L,
          i % 3 == 0
              ? "cdr_location.coordinates.latitude: is missing; " + ODD
              : "2.2.1 charging_periods[" + i + "].dimensions: " + "must not be empty; ".repeat(i));
    }
    terminal("T-1", "\"reference\":\"left pole\",\"address\":\"Ring 1\",\"city\":\"Berlin\",");
    terminal(
        "t/2 ?&" + "x".repeat(28),
        "\"reference\":\"%s\",\"location_ids\":[\"gone\"],\"evse_uids\":[\"77\"],"
            .formatted("<b>odd</b>\u202Eeno"));
    terminal("T-3", "\"location_ids\":[\"ring-1\",\"ring-2\"],");
  }

  void addPages(java.util.Map<String, String> pages) {
    pages.put("partner-held", "/partners/held");
    pages.put("partner-terminals", "/partners/terminals");
    String one = "/partners/terminals/" + service.id() + "?terminal=";
    pages.put("partner-terminal", one + "T-3");
    pages.put("partner-terminal-odd", one + "t%2F2%20%3F%26" + "x".repeat(28));
  }
}
