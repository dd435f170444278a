package org.ampay.ocpi.v230;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.roaming.PartnerInvoices;
import org.ampay.ocpi.roaming.RoamingInvoice;
import org.ampay.payment.method.PartnerPayer;
import org.ampay.payment.method.PartnerPayers;

/**
 * Invoice reconciliation, as its sender: which CDRs are on which invoice of the partner. An invoice
 * of many CDRs is several records with its number. One that was cancelled stays: the credit is none
 * of CDRs.
 */
public final class InvoiceReconciliation230 implements OcpiModule {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BILLS = 1_000;

  private final PartnerPayers payers;
  private final PartnerInvoices invoices;

  public InvoiceReconciliation230(PartnerPayers payers, PartnerInvoices invoices) {
    this.payers = payers;
    this.invoices = invoices;
  }

  @Override
  public ModuleId id() {
    return ModuleId.INVOICERECONCILIATION;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.SENDER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return Set.of(OcpiVersion.V2_3_0);
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    if (!call.path().isEmpty()) {
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "there is no such thing");
    }
    if (!call.method().equals("GET")) {
      throw new OcpiProblem(405, OcpiStatus.CLIENT_ERROR, "only GET is for that");
    }
    Optional<PartnerPayer> payer = payers.find(call.partner().operatorId(), call.partner().id());
    return payer.isEmpty()
        ? new OcpiAnswer.Page(List.of(), 0)
        : page(call.partner().ours(), payer.get(), call.page());
  }

  /** A part of an invoice: the CDRs of its bills from {@code number × BILLS} on. */
  private record Part(RoamingInvoice invoice, int number) {}

  private OcpiAnswer page(PartyRef ours, PartnerPayer payer, PageQuery query) {
    List<Part> parts = new ArrayList<>();
    for (RoamingInvoice invoice : invoices.issued(payer)) {
      if (within(seconds(invoice), query)) {
        for (int part = 0; part * (long) BILLS < invoice.items(); part++) {
          parts.add(new Part(invoice, part));
        }
      }
    }
    int from = (int) Math.min(query.offset(), parts.size());
    int to = (int) Math.min((long) from + query.limit(), parts.size());
    List<String> records = new ArrayList<>(to - from);
    for (Part part : parts.subList(from, to)) {
      records.add(record(ours, part));
    }
    return new OcpiAnswer.Page(records, parts.size());
  }

  private static Instant seconds(RoamingInvoice invoice) {
    return invoice.createdAt().truncatedTo(ChronoUnit.SECONDS);
  }

  private static boolean within(Instant at, PageQuery query) {
    Instant from = query.from();
    Instant to = query.to();
    return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
  }

  private String record(PartyRef ours, Part part) {
    ObjectNode record = JSON.createObjectNode();
    record.put("country_code", ours.countryCode());
    record.put("party_id", ours.partyId());
    record.put("id", part.invoice().id() + "-" + part.number());
    record.put("invoice_id", part.invoice().code());
    ArrayNode cdrs = record.putArray("cdrs");
    invoices.cdrs(part.invoice(), part.number() * (long) BILLS, BILLS).forEach(cdrs::add);
    record.put("last_updated", seconds(part.invoice()).toString());
    return record.toString();
  }
}
