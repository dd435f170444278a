package org.ampay.web;

import java.time.Duration;
import java.util.Set;
import org.ampay.station.CommandOutcome;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.CertificateKind;
import org.ampay.station.certs.Pem;
import org.ampay.station.certs.TestPki;
import org.ampay.store.tables.Tables;

/** Certificates of every state, so that pages show them. */
final class CertificateRows {

  private final WebFixture web;
  private final TestPki pki;

  CertificateRows(WebFixture web) {
    this.web = web;
    this.pki = new TestPki(web.time.now());
  }

  void add(StationInfo first, StationInfo odd) {
    String user = "user:" + ConsoleWorld.EMAIL;
    web.certificates.upload(
        1, CertificateKind.V2G, "Hubject V2G Root 2", pki.root("V2G Root").pem(), user);
    web.certificates.upload(
        1, CertificateKind.MANUFACTURER, ConsoleWorld.ODD, pki.root("Maker").pem(), user);
    certificate(first, "current", Duration.ofDays(12));
    certificate(first, "replaced", Duration.ofDays(3));
    certificate(odd, "current", Duration.ofDays(-2));
    certificate(odd, "revoked", Duration.ofDays(200));
    request(first, "installed", "");
    request(odd, "refused", "CN '" + ConsoleWorld.ODD + "' is neither the station's identity nor");
    web.stations.answer(
        new CommandOutcome.Answered(
            "{\"status\":\"Accepted\",\"certificateHashData\":[{\"hashAlgorithm\":\"SHA256\","
                + "\"issuerNameHash\":\"ab12\",\"issuerKeyHash\":\"cd34\",\"serialNumber\":\"0f\"}]}"));
    web.certificates.refresh(first, Set.of(CertificateKind.CENTRAL));
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Rejected\"}"));
    web.certificates.install(first, web.certificates.installable(1).getFirst().key(), user);
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
  }

  private void certificate(StationInfo station, String state, Duration left) {
    var leaf = pki.leaf(pki.root("Station CA"), station.identity(), null).certificate();
    var table = Tables.STATION_CERTIFICATE;
    web.database
        .dsl()
        .insertInto(table)
        .set(table.ID, web.ids.next())
        .set(table.OPERATOR_ID, 1L)
        .set(table.STATION_ID, station.id())
        .set(table.KIND, "station")
        .set(table.SOURCE, "signed")
        .set(table.STATE, state)
        .set(table.SUBJECT, "CN=" + station.identity() + ",O=Ampay")
        .set(table.SERIAL_NUMBER, Pem.serial(leaf))
        .set(table.FINGERPRINT, Pem.fingerprint(leaf))
        .set(table.CERTIFICATE, Pem.of(leaf))
        .set(table.NOT_BEFORE, web.time.now().minus(Duration.ofDays(300)))
        .set(table.NOT_AFTER, web.time.now().plus(left))
        .set(table.RENEWAL_NOTE, "")
        .set(table.CREATED_AT, web.time.now())
        .execute();
    if (state.equals("revoked")) {
      web.database
          .dsl()
          .update(table)
          .set(table.REVOKED_AT, web.time.now())
          .where(table.FINGERPRINT.eq(Pem.fingerprint(leaf)))
          .execute();
    }
  }

  private void request(StationInfo station, String state, String reason) {
    var table = Tables.CERTIFICATE_REQUEST;
    web.database
        .dsl()
        .insertInto(table)
        .set(table.ID, web.ids.next())
        .set(table.OPERATOR_ID, 1L)
        .set(table.STATION_ID, station.id())
        .set(table.KIND, "station")
        .set(table.CSR, TestPki.csr("CN=X"))
        .set(table.STATE, state)
        .set(table.REASON, reason)
        .set(table.RECEIVED_AT, web.time.now())
        .set(table.CHANGED_AT, web.time.now())
        .execute();
  }
}
