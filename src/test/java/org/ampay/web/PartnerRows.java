package org.ampay.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.CallLog;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartnerTokens;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.push.PushKind;

/** Partners for pages: one that works with much that is stuck, one that is away, one invited. */
final class PartnerRows {

  final long stuck;
  final long away;
  final long invited;
  private final WebFixture web;

  PartnerRows(WebFixture web) {
    this.web = web;
    this.stuck = add("Elektro <Mobil> & Söhne, Gesellschaft für öffentliches Laden mbH", "EMS");
    this.away = add("远方出行 Far Away", "FAR");
    this.invited = partner("Just Invited", "INV", Partner.State.INVITED);
    pushes();
    calls();
  }

  private long add(String name, String party) {
    return partner(name, party, Partner.State.REGISTERED);
  }

  private long partner(String name, String party, Partner.State state) {
    boolean known = state == Partner.State.REGISTERED;
    String root = "https://ocpi.partner.example/a/rather/long/path/of/" + party + "/2.2.1/";
    long id = web.roaming.partners().nextId();
    Partner partner =
        new Partner(
            id,
            1,
            new PartyRef("CN", "AMP"),
            "EMSP",
            new PartyRef("DE", party),
            name,
            known ? Optional.of(URI.create(root + "versions")) : Optional.empty(),
            state,
            known ? OcpiVersion.V2_2_1 : null,
            known
                ? List.of(
                    new Partner.Endpoint("cdrs", InterfaceRole.RECEIVER, URI.create(root + "cdrs")),
                    new Partner.Endpoint(
                        "locations", InterfaceRole.RECEIVER, URI.create(root + "locations")))
                : List.of(),
            known ? List.of(new Partner.Role("EMSP", new PartyRef("DE", party), name)) : List.of(),
            Partner.TokenForm.BASE64);
    web.roaming
        .partners()
        .add(
            new PartnerBook.Change(
                partner, new PartnerTokens("ours-" + party, known ? "theirs-" + party : null)),
            tx -> {});
    return id;
  }

  private void pushes() {
    web.roaming
        .pushes()
        .wanted(List.of(stuck), PushKind.LOCATION, List.of("17", "18", "a/very\"odd<key>"));
    web.roaming.pushes().wanted(List.of(stuck, away), PushKind.SESSION, List.of("4711"));
    web.roaming.pushes().wanted(List.of(stuck), PushKind.CDR, List.of("4711", "4711-C"));
    web.database
        .dsl()
        .execute(
            "UPDATE ocpi_push SET state = 'given_up', attempts = 5, tried_at = wanted_at,"
                + " http = 200, status = 2001, last_error = 'HTTP 200, OCPI 2001:"
                + " <b>connectors[0].max_amperage</b> must not be null' WHERE kind = 'location'");
    web.database
        .dsl()
        .execute(
            "UPDATE ocpi_push SET attempts = 3, tried_at = wanted_at,"
                + " last_error = 'not reached: ConnectException null' WHERE kind = 'session'");
    web.database
        .dsl()
        .execute(
            "INSERT INTO ocpi_push_lane VALUES ("
                + away
                + ", 'node', '2025-01-01', '2025-03-01 02:00:00')");
    web.database
        .dsl()
        .execute(
            "INSERT INTO ocpi_comparison VALUES ("
                + stuck
                + ", '2025-03-01 02:00:00', '2025-03-01 02:01:00', 812, 3, 1,"
                + " 'cdr 4711: HTTP 405 method not allowed')");
  }

  private void calls() {
    Partner partner = web.roaming.partners().byId(stuck).orElseThrow();
    for (int i = 0; i < 7; i++) {
      boolean good = i % 3 == 0;
      web.roaming
          .log()
          .add(
              new CallLog.Entry(
                  partner,
                  good ? CallLog.Direction.IN : CallLog.Direction.OUT,
                  web.time.now().minus(Duration.ofMinutes(i)),
                  good ? "GET" : "PUT",
                  "https://ocpi.partner.example/2.2.1/locations/CN/AMP/" + "LONG-".repeat(i) + i,
                  "request-" + i,
                  "correlation-" + i,
                  "{\"id\":\"" + i + "\",\"name\":\"<b>no</b>\"}",
                  good
                      ? new CallLog.Answer(200, 1000, 12, "")
                      : new CallLog.Answer(200, 2001, 300, "HTTP 200 <i>invalid</i> location")));
    }
    web.roaming.log().flush();
  }
}
