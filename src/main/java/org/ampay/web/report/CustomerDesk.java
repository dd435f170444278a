package org.ampay.web.report;

import java.util.List;
import java.util.stream.Stream;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.CustomerRow;
import org.ampay.station.reports.Customers;
import org.ampay.station.reports.ReportOrders.CertificateHash;
import org.ampay.station.reports.ReportOrders.CustomerQuery;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Asks stations what they know of a customer, and has it erased. */
public final class CustomerDesk {

  /**
   * A customer, named by exactly one of these (N09.FR.04).
   *
   * @param tokenType of the id token; null: ISO14443
   */
  public record Who(
      @Nullable String idToken,
      @Nullable String tokenType,
      @Nullable CertificateHash certificate,
      @Nullable String identifier) {}

  public static final List<String> TOKEN_TYPES =
      List.of("ISO14443", "ISO15693", "eMAID", "Central", "KeyCode", "Local", "MacAddress");

  private static final List<String> HASHES = List.of("SHA256", "SHA384", "SHA512");

  private final Orders orders;
  private final Customers customers;
  private final AuditLog audit;

  public CustomerDesk(Orders orders, Customers customers, AuditLog audit) {
    this.orders = orders;
    this.customers = customers;
    this.audit = audit;
  }

  /**
   * CustomerInformation.
   *
   * @param report whether the station is to tell what it knows
   * @param clear whether it is to erase it
   */
  public CustomerRow ask(
      StationInfo station, Who who, boolean report, boolean clear, String actor) {
    check(who);
    if (!report && !clear) {
      throw Problem.badField("report", "report or clear must be true").exception();
    }
    int requestId = orders.requestId();
    CustomerQuery query =
        new CustomerQuery(
            requestId,
            report,
            clear,
            who.idToken(),
            who.tokenType(),
            who.certificate(),
            who.identifier());
    orders.send(station, v -> v.customer(query), actor);
    audit.append(
        AuditEntry.of(
                station.operatorId(),
                actor,
                clear ? "customer.erase" : "customer.read",
                "station:" + station.identity())
            .with("request", requestId));
    return customers.ofStation(station.id(), Long.MAX_VALUE, 20).stream()
        .filter(row -> row.requestId() == requestId)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a sent request was not noted"));
  }

  private static void check(Who who) {
    long names =
        Stream.of(who.idToken(), who.certificate(), who.identifier())
            .filter(java.util.Objects::nonNull)
            .count();
    if (names != 1) {
      throw Problem.badField(
              "id_token",
              "name the customer by one of id_token, customer_certificate, customer_identifier")
          .exception();
    }
    length("id_token", who.idToken(), 36);
    length("customer_identifier", who.identifier(), 64);
    String type = who.tokenType();
    if (type != null && !TOKEN_TYPES.contains(type)) {
      throw Problem.badField("token_type", "must be one of " + TOKEN_TYPES).exception();
    }
    CertificateHash certificate = who.certificate();
    if (certificate != null) {
      check(certificate);
    }
  }

  /** N09.FR.08: as the station installed it, so nothing else than hexadecimal text. */
  private static void check(CertificateHash hash) {
    if (!HASHES.contains(hash.hashAlgorithm())) {
      throw Problem.badField("customer_certificate.hash_algorithm", "must be one of " + HASHES)
          .exception();
    }
    hex("issuer_name_hash", hash.issuerNameHash(), 128);
    hex("issuer_key_hash", hash.issuerKeyHash(), 128);
    hex("serial_number", hash.serialNumber(), 40);
  }

  private static void hex(String field, String text, int most) {
    if (text.length() > most || !text.matches("[0-9a-fA-F]+")) {
      throw Problem.badField(
              "customer_certificate." + field, "must be up to " + most + " hexadecimal digits")
          .exception();
    }
  }

  private static void length(String field, @Nullable String text, int most) {
    if (text != null && (text.isEmpty() || text.length() > most)) {
      throw Problem.badField(field, "must have 1 to " + most + " characters").exception();
    }
  }
}
