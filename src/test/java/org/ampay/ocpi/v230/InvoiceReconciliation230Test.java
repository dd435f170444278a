package org.ampay.ocpi.v230;

import static org.ampay.ocpi.roaming.RoamingWorld.EMP;
import static org.ampay.ocpi.roaming.RoamingWorld.MARCH;
import static org.ampay.ocpi.roaming.RoamingWorld.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.roaming.RoamingInvoice;
import org.ampay.ocpi.roaming.RoamingWorld;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which CDRs are on which invoice. */
class InvoiceReconciliation230Test {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private RoamingWorld world;
  private InvoiceReconciliation230 module;

  @BeforeEach
  void begin() {
    world = new RoamingWorld(DATABASE);
    module = new InvoiceReconciliation230(world.payers, world.invoices());
  }

  private OcpiAnswer.Page page(long partner, PageQuery query) {
    return (OcpiAnswer.Page) module.handle(TestCall.get(TestCall.partner(partner, "EMSP"), query));
  }

  @Test
  void records_nameTheCdrsOfEachInvoice_pageByPage() throws Exception {
    world.session(1, EMP, "10");
    world.session(2, EMP, "20");
    world.refund(2, 300);
    world.session(3, OTHER, "1");
    world.at("2026-04-02T00:00:00Z");
    RoamingInvoice march = world.invoice(world.emp(), MARCH);
    world.session(4, EMP, "1");
    world.at("2026-05-02T00:00:00Z");
    RoamingInvoice april = world.invoice(world.emp(), MARCH.plusMonths(1));
    OcpiAnswer.Page all = page(EMP, new PageQuery(null, null, 0, 50));
    assertThat(all.total()).isEqualTo(2);
    List<String> numbers = new ArrayList<>();
    for (String text : all.items()) {
      JsonNode record = new ObjectMapper().readTree(text);
      assertThat(
              Facts.of(OcpiVersion.V2_3_0)
                  .check("InvoiceReconciliationRecord", record, Strictness.SENT))
          .isEmpty();
      numbers.add(record.path("invoice_id").textValue() + " " + record.path("cdrs").size());
    }
    assertThat(numbers).containsExactly(march.code() + " 3", april.code() + " 1");
    PageQuery second = new PageQuery(null, null, 1, 1);
    assertThat(page(EMP, second).items()).containsExactly(all.items().get(1));
    assertThat(page(EMP, second).total()).isEqualTo(2);
    assertThat(page(EMP, new PageQuery(null, null, 5, 1)).items()).isEmpty();
    Instant from = Instant.parse("2026-05-01T00:00:00Z");
    assertThat(page(EMP, new PageQuery(from, null, 0, 9)).total()).isEqualTo(1);
    assertThat(page(EMP, new PageQuery(null, april.createdAt(), 0, 9)).total()).isEqualTo(1);
    assertThat(page(OTHER, new PageQuery(null, null, 0, 9)).total()).isZero();
    assertThat(page(77, new PageQuery(null, null, 0, 9)).total()).isZero();
  }

  @Test
  void otherMethods_areRefused() {
    OcpiProblem method =
        catchThrowableOfType(
            OcpiProblem.class,
            () -> module.handle(TestCall.post(TestCall.partner(EMP, "EMSP"), "{}")));
    assertThat(method.http()).isEqualTo(405);
    OcpiProblem path =
        catchThrowableOfType(
            OcpiProblem.class,
            () -> module.handle(TestCall.get(TestCall.partner(EMP, "EMSP"), "x")));
    assertThat(path.http()).isEqualTo(404);
  }
}
