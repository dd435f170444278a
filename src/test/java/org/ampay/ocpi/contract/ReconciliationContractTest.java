package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ampay.app.Foundation;
import org.ampay.audit.AuditLog;
import org.ampay.base.TestTime;
import org.ampay.conformance.Station16;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.roaming.PartnerInvoices;
import org.ampay.payment.method.PartnerPayer;
import org.ampay.payment.method.PartnerPayers;
import org.ampay.station.Operator;
import org.junit.jupiter.api.Test;

/** Which CDRs are on which invoice, as a 2.3.0 partner reads it. */
class ReconciliationContractTest {

  /** The invoice of this month, made when it is over. */
  private static void invoice(World world) {
    Foundation on = World.server().server().foundation();
    TestTime later = new TestTime(on.time().now().plus(Duration.ofDays(40)));
    PartnerPayers payers = new PartnerPayers(on.database(), later);
    PartnerPayer payer = payers.find(Operator.DEFAULT_ID, world.partnerId()).orElseThrow();
    PartnerInvoices invoices =
        new PartnerInvoices(
            new PartnerInvoices.Ground(
                on.database().transactor(),
                new SqlLedgerStore(),
                payers,
                new AuditLog(on.database(), later),
                on.ids(),
                later));
    YearMonth month = YearMonth.from(on.time().now().atZone(java.time.ZoneOffset.ofHours(8)));
    assertThat(invoices.make(payer, month, "test"))
        .isInstanceOf(PartnerInvoices.Made.Invoice.class);
  }

  private static JsonNode refunded(JsonNode session, Map<String, Object> wish) {
    return World.api()
        .post("/settlements/" + session.at("/settlements/0/id").asLong() + "/refunds", wish)
        .expect(201);
  }

  @Test
  void records_nameEveryCdrOfTheInvoice_creditsAndWhatFollowsThem() {
    try (World world = World.open(OcpiVersion.V2_3_0);
        Station16 station = Station16.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      List<JsonNode> sessions = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int transaction = World.charge(station, uid);
        sessions.add(World.api().awaitSession(station, transaction, Charged::isBilled));
      }
      refunded(sessions.get(1), Map.of("amount", Map.of("minor", 100), "reason", "half"));
      refunded(sessions.get(2), Map.of("reason", "all"));
      List<ObjectNode> cdrs = world.pull("cdrs", Map.of(), 6);
      assertThat(cdrs).hasSize(6); // three, a credit with one that follows, a credit
      assertThat(world.partner().pull("invoicereconciliation", Map.of())).isEmpty();
      invoice(world);
      ObjectNode record = world.partner().pull("invoicereconciliation", Map.of()).getFirst();
      Wanted.has(OcpiVersion.V2_3_0, "InvoiceReconciliationRecord", record);
      List<String> named = new ArrayList<>();
      record.path("cdrs").forEach(id -> named.add(id.asText()));
      assertThat(named)
          .containsExactlyInAnyOrderElementsOf(
              cdrs.stream().map(cdr -> cdr.path("id").asText()).toList());
      JsonNode invoice =
          World.api().get("/ocpi/parties/" + world.partnerId() + "/invoices").expect(200);
      assertThat(invoice.at("/items/0").toString()).contains(record.path("invoice_id").asText());
      assertThat(world.complaints()).isEmpty();
    }
  }
}
