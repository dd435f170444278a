package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.reports.TransferRow;
import org.ampay.station.reports.Transfers;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for vendors' own messages. */
final class TransfersApi {

  private final Transfers transfers;
  private final StationFinder stations;
  private final AuditLog audit;

  TransfersApi(Transfers transfers, StationFinder stations, AuditLog audit) {
    this.transfers = transfers;
    this.stations = stations;
    this.audit = audit;
  }

  record TransferOut(
      long id,
      String station,
      @Field("in: from the station, out") String direction,
      String vendor,
      @Nullable String messageId,
      @Nullable String data,
      @Field("of the answer; out: also sent, error, timeout") String status,
      @Nullable String answerData,
      Instant at) {}

  record VendorIn(
      @Field(value = "absent or empty: all", maxLength = 50, maxItems = 70)
          @Nullable List<String> messageIds) {}

  record VendorOut(String vendor, List<String> messageIds, Instant createdAt) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/data-transfers", Permission.STATIONS_READ, "Vendors' messages, newest first")
            .query("station", "id of a station")
            .query("vendor", "whose")
            .lists(TransferOut.class)
            .by(this::list),
        ApiRoute.get(
                "/data-transfer-vendors",
                Permission.STATIONS_READ,
                "Vendors whose messages are accepted and stored")
            .lists(VendorOut.class)
            .by(this::vendors),
        ApiRoute.put(
                "/data-transfer-vendors/{vendor}",
                Permission.STATIONS_WRITE,
                "Accepts and stores a vendor's messages")
            .describe("Those of others are answered with UnknownVendorId, and stored as well.")
            .takes(VendorIn.class)
            .answers(200, VendorOut.class)
            .by(this::accept),
        ApiRoute.delete(
                "/data-transfer-vendors/{vendor}",
                Permission.STATIONS_WRITE,
                "Accepts a vendor's messages no more")
            .answers(204, null)
            .by(this::refuse));
  }

  private Answer list(ApiCall call) {
    Transfers.Filter filter =
        new Transfers.Filter(call.owner(null), stations.stationQuery(call), call.query("vendor"));
    List<TransferRow> rows =
        transfers.list(filter, call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, TransfersApi::out, TransferRow::id));
  }

  private Answer vendors(ApiCall call) {
    return Answer.json(
        200,
        new ListAnswer<>(
            transfers.vendors(call.owner(null)).stream().map(TransfersApi::out).toList(), null));
  }

  private Answer accept(ApiCall call) {
    VendorIn in = call.body(VendorIn.class);
    Transfers.Vendor vendor =
        Faults.input(
            () ->
                transfers.accept(
                    call.owner(null),
                    call.pathParam("vendor"),
                    Objects.requireNonNullElse(in.messageIds(), List.of()),
                    call.caller().actor()));
    audit.append(entry(call, "vendor.accept"));
    return Answer.json(200, out(vendor));
  }

  private Answer refuse(ApiCall call) {
    if (!transfers.refuse(call.owner(null), call.pathParam("vendor"))) {
      throw Problem.notFound("there is no such vendor").exception();
    }
    audit.append(entry(call, "vendor.refuse"));
    return Answer.empty(204);
  }

  private static AuditEntry entry(ApiCall call, String action) {
    return AuditEntry.of(
        call.owner(null), call.caller().actor(), action, "vendor:" + call.pathParam("vendor"));
  }

  private static VendorOut out(Transfers.Vendor vendor) {
    return new VendorOut(vendor.vendorId(), vendor.messageIds(), vendor.createdAt());
  }

  private static TransferOut out(TransferRow row) {
    return new TransferOut(
        row.id(),
        row.station(),
        row.direction(),
        row.vendorId(),
        row.messageId(),
        row.data(),
        row.status(),
        row.answerData(),
        row.at());
  }
}
