package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.CustomerRow;
import org.ampay.station.reports.DisplayMessage;
import org.ampay.station.reports.DisplayRow;
import org.ampay.station.reports.ReportOrders.CertificateHash;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.report.CustomerDesk;
import org.ampay.web.report.Desks;
import org.jspecify.annotations.Nullable;

/** Calls for the messages on displays, and for what stations know of customers. */
final class DisplaysApi {

  private final Desks desks;
  private final StationFinder stations;
  private final AuditLog audit;

  DisplaysApi(Desks desks, StationFinder stations, AuditLog audit) {
    this.desks = desks;
    this.stations = stations;
    this.audit = audit;
  }

  record DisplayIn(
      @Field(min = 0, max = Integer.MAX_VALUE) int id,
      @Field(value = "NormalCycle, InFront, AlwaysFront", maxLength = 20) @Nullable String priority,
      @Field(value = "Idle, Charging, Faulted, Unavailable; absent: in any", maxLength = 20)
          @Nullable String state,
      @Nullable Instant startAt,
      @Nullable Instant endAt,
      @Field(value = "absent: not tied to a transaction", maxLength = 36)
          @Nullable String transactionId,
      @Field(value = "UTF8, ASCII, HTML, URI", maxLength = 10) @Nullable String format,
      @Field(value = "a tag like en or zh-CN", maxLength = 8) @Nullable String language,
      @Field(maxLength = 512) String content) {}

  record DisplayOut(
      int id,
      @Field("set, refused, cleared, gone") String shown,
      @Field("the station's last word; empty: it reported it") String answer,
      String priority,
      @Nullable String state,
      @Nullable Instant startAt,
      @Nullable Instant endAt,
      @Nullable String transactionId,
      String format,
      @Nullable String language,
      String content,
      Instant changedAt) {}

  record ReadIn(
      @Field(min = 0, max = Integer.MAX_VALUE) @Nullable Integer id,
      @Field(maxLength = 20) @Nullable String priority,
      @Field(maxLength = 20) @Nullable String state) {}

  record AnsweredOut(@Field("the station's answer") String answer) {}

  record CertificateIn(
      @Field(value = "SHA256, SHA384, SHA512", maxLength = 10) String hashAlgorithm,
      @Field(maxLength = 128) String issuerNameHash,
      @Field(maxLength = 128) String issuerKeyHash,
      @Field(maxLength = 40) String serialNumber) {}

  record CustomerIn(
      @Field(value = "one of these three names the customer", maxLength = 36)
          @Nullable String idToken,
      @Field(value = "of the id token; ISO14443 by default", maxLength = 20)
          @Nullable String tokenType,
      @Nullable CertificateIn customerCertificate,
      @Field(maxLength = 64) @Nullable String customerIdentifier,
      @Field("the station is to tell what it knows") @Nullable Boolean report,
      @Field("the station is to erase it") @Nullable Boolean clear) {}

  record CustomerOut(
      long id,
      String station,
      int requestId,
      @Field("id_token, certificate, identifier, nothing") String namedBy,
      String customer,
      boolean report,
      boolean clear,
      @Field("sent, running, done, rejected, unanswered") String state,
      @Nullable String status,
      Instant createdAt,
      @Nullable Instant completedAt,
      @Field("when it is deleted here") Instant expiresAt,
      @Field("empty in lists") String data) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/stations/{id}/display-messages",
                Permission.STATIONS_READ,
                "The messages on a station's display, as last known")
            .lists(DisplayOut.class)
            .by(this::displays),
        ApiRoute.post(
                "/stations/{id}/display-messages",
                Permission.STATIONS_COMMAND,
                "Sets a display message")
            .takes(DisplayIn.class)
            .answers(200, AnsweredOut.class)
            .by(this::set),
        ApiRoute.post(
                "/stations/{id}/display-messages/read",
                Permission.STATIONS_COMMAND,
                "Has the station report its messages")
            .describe("They come later, and are then in the list.")
            .takes(ReadIn.class)
            .answers(200, AnsweredOut.class)
            .by(this::read),
        ApiRoute.delete(
                "/stations/{id}/display-messages/{message}",
                Permission.STATIONS_COMMAND,
                "Clears a display message")
            .answers(200, AnsweredOut.class)
            .by(this::clear),
        ApiRoute.post(
                "/stations/{id}/customer-information",
                Permission.DRIVERS_WRITE,
                "Asks what a station knows of a customer, or has it erased")
            .takes(CustomerIn.class)
            .answers(201, CustomerOut.class)
            .by(this::ask),
        ApiRoute.get(
                "/stations/{id}/customer-information",
                Permission.DRIVERS_WRITE,
                "The requests for customers' data that are still kept")
            .lists(CustomerOut.class)
            .by(this::customers),
        ApiRoute.get(
                "/customer-information/{id}",
                Permission.DRIVERS_WRITE,
                "What a station told of a customer")
            .answers(200, CustomerOut.class)
            .by(this::customer),
        ApiRoute.delete(
                "/customer-information/{id}",
                Permission.DRIVERS_WRITE,
                "Deletes what a station told of a customer")
            .answers(204, null)
            .by(this::forget));
  }

  private Answer displays(ApiCall call) {
    List<DisplayRow> rows = desks.reading().displays().of(stations.station(call).id());
    return Answer.json(200, new ListAnswer<>(rows.stream().map(DisplaysApi::out).toList(), null));
  }

  private Answer set(ApiCall call) {
    DisplayIn in = call.body(DisplayIn.class);
    StationInfo station = stations.station(call);
    call.http().withoutTimeout();
    DisplayMessage message =
        new DisplayMessage(
            in.id(),
            Objects.requireNonNullElse(in.priority(), "NormalCycle"),
            in.state(),
            in.startAt(),
            in.endAt(),
            in.transactionId(),
            Objects.requireNonNullElse(in.format(), "UTF8"),
            in.language(),
            in.content(),
            null);
    return answered(desks.displays().set(station, message, call.caller().actor()));
  }

  private Answer read(ApiCall call) {
    ReadIn in = call.body(ReadIn.class);
    StationInfo station = stations.station(call);
    call.http().withoutTimeout();
    return answered(
        desks.displays().read(station, in.id(), in.priority(), in.state(), call.caller().actor()));
  }

  private Answer clear(ApiCall call) {
    StationInfo station = stations.station(call);
    long id = call.idParam("message");
    if (id > Integer.MAX_VALUE) {
      throw Problem.notFound("there is no such message").exception();
    }
    call.http().withoutTimeout();
    return answered(desks.displays().clear(station, (int) id, call.caller().actor()));
  }

  private static Answer answered(String answer) {
    return Answer.json(200, new AnsweredOut(answer));
  }

  private Answer ask(ApiCall call) {
    CustomerIn in = call.body(CustomerIn.class);
    StationInfo station = stations.station(call);
    CertificateIn certificate = in.customerCertificate();
    CustomerDesk.Who who =
        new CustomerDesk.Who(
            in.idToken(),
            in.tokenType(),
            certificate == null
                ? null
                : new CertificateHash(
                    certificate.hashAlgorithm(),
                    certificate.issuerNameHash(),
                    certificate.issuerKeyHash(),
                    certificate.serialNumber()),
            in.customerIdentifier());
    call.http().withoutTimeout();
    CustomerRow row =
        desks
            .customers()
            .ask(
                station,
                who,
                Boolean.TRUE.equals(in.report()),
                Boolean.TRUE.equals(in.clear()),
                call.caller().actor());
    return Answer.json(201, out(station.identity(), row));
  }

  private Answer customers(ApiCall call) {
    StationInfo station = stations.station(call);
    List<CustomerRow> rows =
        desks
            .reading()
            .customers()
            .ofStation(station.id(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, row -> out(station.identity(), row), CustomerRow::id));
  }

  private Answer customer(ApiCall call) {
    CustomerRow row =
        desks
            .reading()
            .customers()
            .find(call.owner(null), call.idParam("id"))
            .orElseThrow(() -> Problem.notFound("there is no such request").exception());
    audit.append(entry(call, "customer.look"));
    return Answer.json(200, out(stations.identity(row.stationId()), row)).asSecret();
  }

  private Answer forget(ApiCall call) {
    if (!desks.reading().customers().delete(call.owner(null), call.idParam("id"))) {
      throw Problem.notFound("there is no such request").exception();
    }
    audit.append(entry(call, "customer.forget"));
    return Answer.empty(204);
  }

  private static AuditEntry entry(ApiCall call, String action) {
    return AuditEntry.of(
        call.owner(null),
        call.caller().actor(),
        action,
        "customer_information:" + call.idParam("id"));
  }

  private static DisplayOut out(DisplayRow row) {
    DisplayMessage message = row.message();
    return new DisplayOut(
        message.id(),
        row.state(),
        row.answer(),
        message.priority(),
        message.state(),
        message.startAt(),
        message.endAt(),
        message.transactionId(),
        message.format(),
        message.language(),
        message.content(),
        row.changedAt());
  }

  private static CustomerOut out(String station, CustomerRow row) {
    return new CustomerOut(
        row.id(),
        station,
        row.requestId(),
        row.namedBy(),
        row.customer(),
        row.report(),
        row.clear(),
        row.state().word(),
        row.status(),
        row.createdAt(),
        row.completedAt(),
        row.expiresAt(),
        row.data());
  }
}
