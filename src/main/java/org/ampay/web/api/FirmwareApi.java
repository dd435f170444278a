package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.files.FileLinks.Direction;
import org.ampay.station.files.FirmwareImage;
import org.ampay.station.files.Firmwares;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.OperationRow;
import org.ampay.station.reports.ReportOrders.Tries;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.report.Desks;
import org.ampay.web.report.FirmwareDesk;
import org.jspecify.annotations.Nullable;

/** Calls for firmware images and updates. */
final class FirmwareApi {

  private final Desks desks;
  private final StationFinder stations;
  private final AuditLog audit;

  FirmwareApi(Desks desks, StationFinder stations, AuditLog audit) {
    this.desks = desks;
    this.stations = stations;
    this.audit = audit;
  }

  record NewFirmwareIn(
      @Field(maxLength = 100) String name,
      @Field(value = "whose stations it is for; absent: any", maxLength = 50)
          @Nullable String vendor,
      @Field(maxLength = 50) @Nullable String model,
      @Field(value = "what a station reports once it runs it", maxLength = 50) String version,
      @Field(value = "PEM, with the signature", maxLength = 5_500, lines = true)
          @Nullable String signingCertificate,
      @Field(value = "Base64, over the SHA-256 of the file", maxLength = 800)
          @Nullable String signature,
      @Nullable Ref operator) {}

  record FirmwareOut(
      long id,
      long operator,
      String name,
      @Nullable String vendor,
      @Nullable String model,
      String version,
      @Field("unsigned, unchecked, verified, bad_signature, bad_certificate") String verdict,
      @Field("expected, stored") String state,
      long sizeBytes,
      String sha256,
      String md5,
      @Field("where to PUT or POST the file, as long as it is expected") @Nullable String uploadUrl,
      Instant createdAt) {}

  record UpdateIn(
      @Field("id of a firmware of ours") @Nullable Ref firmware,
      @Field(value = "a place outside instead", maxLength = 512) @Nullable String location,
      @Field(maxLength = 5_500, lines = true) @Nullable String signingCertificate,
      @Field(maxLength = 800) @Nullable String signature,
      @Field("true: a firmware without signature is meant to be one") @Nullable Boolean unsigned,
      @Field("absent: now") @Nullable Instant retrieveAt,
      @Field("absent: once it is loaded") @Nullable Instant installAt,
      @Field(min = 0, max = 100) @Nullable Integer retries,
      @Field(min = 0, max = 86_400) @Nullable Integer retryIntervalSeconds) {}

  record PublicationIn(
      @Field("id of a firmware of ours") @Nullable Ref firmware,
      @Field(maxLength = 512) @Nullable String location,
      @Field(value = "of the file at location", maxLength = 32) @Nullable String md5) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/firmware", Permission.STATIONS_READ, "Lists firmware images")
            .lists(FirmwareOut.class)
            .by(this::images),
        ApiRoute.post("/firmware", Permission.STATIONS_WRITE, "Adds a firmware image")
            .describe(
                "The file itself goes to `upload_url`, by PUT or as a form. A signature is checked"
                    + " when it is there; one that is not good is never offered to a station.")
            .takes(NewFirmwareIn.class)
            .answers(201, FirmwareOut.class)
            .by(this::create),
        ApiRoute.get("/firmware/{id}", Permission.STATIONS_READ, "A firmware image")
            .answers(200, FirmwareOut.class)
            .by(call -> Answer.json(200, out(call, image(call)))),
        ApiRoute.delete("/firmware/{id}", Permission.STATIONS_WRITE, "Deletes a firmware image")
            .answers(204, null)
            .by(this::delete),
        ApiRoute.get("/firmware-updates", Permission.STATIONS_READ, "Lists firmware updates")
            .query("station", "id of a station")
            .query("state", "for example running, done, failed")
            .lists(OperationOut.class)
            .by(call -> stations.operations(call, OperationKind.FIRMWARE)),
        ApiRoute.get(
                "/firmware-updates/{id}", Permission.STATIONS_READ, "An update with its timeline")
            .answers(200, OperationOut.class)
            .by(call -> Answer.json(200, stations.out(stations.operation(call)))),
        ApiRoute.post(
                "/firmware-updates/{id}/retry",
                Permission.STATIONS_COMMAND,
                "Tries a failed update once more")
            .answers(201, OperationOut.class)
            .by(this::retry),
        ApiRoute.post(
                "/stations/{id}/firmware-updates",
                Permission.STATIONS_COMMAND,
                "Updates a station's firmware")
            .describe(
                "UpdateFirmware, or SignedUpdateFirmware for a signed one in 1.6. The answer has"
                    + " the station's word; what follows is in the timeline.")
            .takes(UpdateIn.class)
            .answers(201, OperationOut.class)
            .by(this::update),
        ApiRoute.post(
                "/stations/{id}/firmware-publications",
                Permission.STATIONS_COMMAND,
                "Has a local controller publish a firmware")
            .takes(PublicationIn.class)
            .answers(201, OperationOut.class)
            .by(this::publish),
        ApiRoute.delete(
                "/stations/{id}/firmware-publications/{checksum}",
                Permission.STATIONS_COMMAND,
                "Has a local controller publish a firmware no more")
            .answers(200, OperationOut.class)
            .by(this::unpublish),
        ApiRoute.get(
                "/firmware-publications", Permission.STATIONS_READ, "Lists firmware publications")
            .query("station", "id of a station")
            .query("state", "for example running, done, failed")
            .lists(OperationOut.class)
            .by(call -> stations.operations(call, OperationKind.PUBLISH)));
  }

  private Answer images(ApiCall call) {
    List<FirmwareImage> rows =
        desks
            .storage()
            .firmwares()
            .list(call.owner(null), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, row -> out(call, row), FirmwareImage::id));
  }

  private Answer create(ApiCall call) {
    NewFirmwareIn in = call.body(NewFirmwareIn.class);
    long operator = call.owner(in.operator());
    String certificate = in.signingCertificate();
    FirmwareImage image =
        Faults.input(
            () ->
                desks
                    .storage()
                    .firmwares()
                    .create(
                        operator,
                        new Firmwares.Draft(
                            in.name(),
                            in.vendor(),
                            in.model(),
                            in.version(),
                            certificate,
                            in.signature()),
                        call.caller().actor()));
    audit.append(entry(call, image, "firmware.create"));
    return Answer.json(201, out(call, image)).asSecret();
  }

  private Answer delete(ApiCall call) {
    FirmwareImage image = image(call);
    desks.storage().firmwares().delete(image);
    audit.append(entry(call, image, "firmware.delete"));
    return Answer.empty(204);
  }

  private Answer update(ApiCall call) {
    UpdateIn in = call.body(UpdateIn.class);
    call.http().withoutTimeout();
    OperationRow row =
        desks
            .firmware()
            .update(
                stations.station(call),
                new FirmwareDesk.Wish(
                    id("firmware", in.firmware()),
                    in.location(),
                    in.signingCertificate(),
                    in.signature(),
                    Boolean.TRUE.equals(in.unsigned()),
                    in.retrieveAt(),
                    in.installAt(),
                    new Tries(in.retries(), in.retryIntervalSeconds())),
                call.caller().actor());
    return Answer.json(201, stations.out(row));
  }

  private Answer retry(ApiCall call) {
    OperationRow old = stations.operation(call);
    call.http().withoutTimeout();
    return Answer.json(201, stations.out(desks.firmware().retry(old, call.caller().actor())));
  }

  private Answer publish(ApiCall call) {
    PublicationIn in = call.body(PublicationIn.class);
    call.http().withoutTimeout();
    OperationRow row =
        desks
            .firmware()
            .publish(
                stations.station(call),
                id("firmware", in.firmware()),
                in.location(),
                in.md5(),
                call.caller().actor());
    return Answer.json(201, stations.out(row));
  }

  private Answer unpublish(ApiCall call) {
    call.http().withoutTimeout();
    OperationRow row =
        desks
            .firmware()
            .unpublish(stations.station(call), call.pathParam("checksum"), call.caller().actor());
    return Answer.json(200, stations.out(row));
  }

  private static @Nullable Long id(String field, @Nullable Ref ref) {
    return ref == null
        ? null
        : (Long) ref.id().orElseThrow(() -> Problem.badField(field, "must be an id").exception());
  }

  private FirmwareImage image(ApiCall call) {
    return desks
        .storage()
        .firmwares()
        .find(call.owner(null), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such firmware").exception());
  }

  private FirmwareOut out(ApiCall call, FirmwareImage image) {
    boolean mayUpload =
        !image.file().isStored() && call.caller().role().may(Permission.STATIONS_WRITE);
    return new FirmwareOut(
        image.id(),
        image.operatorId(),
        image.name(),
        image.vendor(),
        image.model(),
        image.version(),
        image.verdict().word(),
        image.file().state().word(),
        image.file().sizeBytes(),
        image.file().sha256(),
        image.file().md5(),
        mayUpload ? uploadUrl(image) : null,
        image.createdAt());
  }

  private String uploadUrl(FirmwareImage image) {
    Desks.Storage storage = desks.storage();
    Instant until = storage.time().now().plus(storage.files().settings().linkValidity());
    return storage.links().url(Direction.UP, image.file().id(), until);
  }

  private static AuditEntry entry(ApiCall call, FirmwareImage image, String action) {
    return AuditEntry.of(
            image.operatorId(), call.caller().actor(), action, "firmware:" + image.id())
        .with("version", image.version())
        .with("signed", image.isSigned());
  }
}
