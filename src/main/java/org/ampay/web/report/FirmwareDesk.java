package org.ampay.web.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.TimeSource;
import org.ampay.base.UrlSecrets;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.StationSecurity;
import org.ampay.station.files.FileLinks;
import org.ampay.station.files.FirmwareImage;
import org.ampay.station.files.Firmwares;
import org.ampay.station.files.StationFiles;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.OperationRow;
import org.ampay.station.reports.ReportOrders.Firmware;
import org.ampay.station.reports.ReportOrders.Order;
import org.ampay.station.reports.ReportOrders.Publication;
import org.ampay.station.reports.ReportOrders.Tries;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Gives stations firmware. */
public final class FirmwareDesk {

  /**
   * What somebody wants a station to run.
   *
   * @param firmwareId an image of ours; null: what is at {@code location}
   * @param unsigned whether a firmware without signature is meant to be one (L02)
   * @param retrieveAt null: now
   * @param installAt null: as soon as it is there
   */
  public record Wish(
      @Nullable Long firmwareId,
      @Nullable String location,
      @Nullable String signingCertificate,
      @Nullable String signature,
      boolean unsigned,
      @Nullable Instant retrieveAt,
      @Nullable Instant installAt,
      Tries tries) {

    /** An image of ours, now. */
    public static Wish of(long firmwareId) {
      return new Wish(firmwareId, null, null, null, false, null, null, new Tries(null, null));
    }
  }

  /** What it stands on. */
  public record Ground(
      Inventory inventory,
      StationSecurity security,
      Firmwares firmwares,
      StationFiles files,
      FileLinks links,
      TimeSource time,
      AuditLog audit) {}

  private final Orders orders;
  private final Ground on;
  private final Locations locations;

  public FirmwareDesk(Orders orders, Ground on) {
    this.orders = orders;
    this.on = on;
    this.locations = new Locations(on.security());
  }

  /** UpdateFirmware, or SignedUpdateFirmware for a signed one in 1.6. */
  public OperationRow update(StationInfo station, Wish wish, String actor) {
    int requestId = orders.requestId();
    Instant retrieve = wish.retrieveAt() == null ? on.time().now() : wish.retrieveAt();
    Instant install = wish.installAt();
    if (install != null && install.isBefore(retrieve)) {
      throw Problem.badField("install_at", "must not be before retrieve_at").exception();
    }
    Firmware firmware =
        wish.firmwareId() == null
            ? foreign(station, wish, requestId, retrieve)
            : ours(image(station, wish.firmwareId()), wish, requestId, retrieve);
    orders.send(station, version -> version.firmware(firmware), actor);
    OperationRow begun = orders.begun(station, OperationKind.FIRMWARE, requestId);
    audit(station, actor, "firmware.update", begun);
    return begun;
  }

  private Firmware ours(FirmwareImage image, Wish wish, int requestId, Instant retrieve) {
    requireSigned(image.isSigned(), image.isSigned() || wish.unsigned());
    return new Firmware(
        requestId,
        link(image, retrieve),
        retrieve,
        wish.installAt(),
        image.signingCertificate(),
        image.signature(),
        wish.tries());
  }

  private Firmware foreign(StationInfo station, Wish wish, int requestId, Instant retrieve) {
    String location = wish.location();
    if (location == null) {
      throw Problem.badField("firmware", "name a firmware of ours or a location").exception();
    }
    boolean signed = wish.signature() != null && wish.signingCertificate() != null;
    requireSigned(signed, signed || (wish.unsigned() && wish.signature() == null));
    return new Firmware(
        requestId,
        locations.checked(station, location),
        retrieve,
        wish.installAt(),
        wish.signingCertificate(),
        wish.signature(),
        wish.tries());
  }

  /** L01.FR.11: an update carries its signing certificate; leaving it out must be meant (L02). */
  private static void requireSigned(boolean signed, boolean allowed) {
    if (!signed && !allowed) {
      throw Problem.badField(
              "signing_certificate",
              "an update carries signing certificate and signature; set unsigned to do without")
          .exception();
    }
  }

  private FirmwareImage image(StationInfo station, long firmwareId) {
    FirmwareImage image =
        on.firmwares()
            .find(station.operatorId(), firmwareId)
            .orElseThrow(
                () -> Problem.badField("firmware", "there is no such firmware").exception());
    if (!image.isReady()) {
      throw Problem.conflict(
              "firmware-not-ready",
              image.file().isStored()
                  ? "its signature is not good: " + image.verdict().word()
                  : "its file has not been uploaded")
          .exception();
    }
    return image;
  }

  /** Valid from the time at which the station is to load it. */
  private String link(FirmwareImage image, Instant retrieve) {
    Duration validity = on.files().settings().linkValidity();
    return on.links().url(FileLinks.Direction.DOWN, image.file().id(), retrieve.plus(validity));
  }

  /** Tries a failed update once more, with a new request id and at once. */
  public OperationRow retry(OperationRow old, String actor) {
    StationInfo station =
        on.inventory()
            .byId(old.stationId())
            .filter(s -> s.operatorId() == old.operatorId())
            .orElseThrow(() -> Problem.notFound("the station is gone").exception());
    if (!old.mayRetry()) {
      throw Problem.conflict("not-failed", "the update has not failed").exception();
    }
    Long firmware = old.firmwareId();
    if (firmware != null) {
      Wish wish = new Wish(firmware, null, null, null, true, null, null, new Tries(null, null));
      return update(station, wish, actor);
    }
    int requestId = orders.requestId();
    orders.send(station, again(old, requestId), actor);
    OperationRow begun = orders.begun(station, OperationKind.FIRMWARE, requestId);
    audit(station, actor, "firmware.update", begun);
    return begun;
  }

  private Order again(OperationRow old, int requestId) {
    if (UrlSecrets.isMasked(old.payload())) {
      throw Problem.conflict(
              "secret-not-kept", "its location holds a password, which is not kept: send it anew")
          .exception();
    }
    ObjectNode payload = (ObjectNode) JsonCodec.tree(old.payload());
    String now = on.time().now().toString();
    JsonNode firmware = payload.path("firmware");
    if (firmware instanceof ObjectNode object) {
      payload.put("requestId", requestId);
      object.put("retrieveDateTime", now);
      object.remove("installDateTime");
    } else {
      payload.put("retrieveDate", now);
    }
    return new Order(old.action(), payload.toString());
  }

  /**
   * PublishFirmware: a local controller gives it to its stations.
   *
   * @param md5 of a foreign location; null: an image of ours
   */
  public OperationRow publish(
      StationInfo station,
      @Nullable Long firmwareId,
      @Nullable String location,
      @Nullable String md5,
      String actor) {
    int requestId = orders.requestId();
    Publication publication = publication(station, firmwareId, location, md5, requestId);
    orders.send(station, version -> version.publish(publication), actor);
    OperationRow begun = orders.begun(station, OperationKind.PUBLISH, requestId);
    audit(station, actor, "firmware.publish", begun);
    return begun;
  }

  private Publication publication(
      StationInfo station,
      @Nullable Long firmwareId,
      @Nullable String location,
      @Nullable String md5,
      int requestId) {
    Tries tries = new Tries(null, null);
    if (firmwareId != null) {
      FirmwareImage image = image(station, firmwareId);
      return new Publication(requestId, link(image, on.time().now()), image.file().md5(), tries);
    }
    if (location == null || md5 == null) {
      throw Problem.badField("location", "name a firmware, or location and md5").exception();
    }
    return new Publication(requestId, locations.checked(station, location), checkedMd5(md5), tries);
  }

  /** UnpublishFirmware. */
  public OperationRow unpublish(StationInfo station, String md5, String actor) {
    orders.send(station, version -> version.unpublish(checkedMd5(md5)), actor);
    OperationRow begun = orders.begun(station, OperationKind.UNPUBLISH, 0);
    audit(station, actor, "firmware.unpublish", begun);
    return begun;
  }

  private static String checkedMd5(String md5) {
    if (!md5.matches("[0-9a-fA-F]{32}")) {
      throw Problem.badField("md5", "must be 32 hexadecimal digits").exception();
    }
    return md5;
  }

  private void audit(StationInfo station, String actor, String action, OperationRow row) {
    on.audit()
        .append(
            AuditEntry.of(station.operatorId(), actor, action, "station:" + station.identity())
                .with("operation", row.id())
                .with(
                    "firmware",
                    Optional.ofNullable(row.firmwareId()).map(Objects::toString).orElse("-"))
                .with("state", row.state().word()));
  }
}
