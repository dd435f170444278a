package org.ampay.web.console;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.files.FileLinks.Direction;
import org.ampay.station.files.FirmwareImage;
import org.ampay.station.files.Firmwares;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.OperationRow;
import org.ampay.station.reports.Operations.Filter;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.people.Permission;
import org.ampay.web.report.Desks;

/** The operator's firmware images, and how the updates of all stations go. */
public final class FirmwarePages {

  private static final int SHOWN = 50;

  /**
   * An image in the list.
   *
   * @param uploadPath where its file goes; empty: it is there, or may not be uploaded
   */
  public record ImageView(FirmwareImage image, String uploadPath) {}

  /** An update in the list. */
  public record UpdateView(OperationRow row, String station) {}

  private final Pages pages;
  private final Inventory inventory;
  private final Desks desks;
  private final AuditLog audit;

  FirmwarePages(Pages pages, Inventory inventory, Desks desks, AuditLog audit) {
    this.pages = pages;
    this.inventory = inventory;
    this.desks = desks;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/firmware", Permission.STATIONS_READ, call -> show(call, 200, "")),
        ConsoleRoute.post("/firmware", Permission.STATIONS_WRITE, this::create),
        ConsoleRoute.post("/firmware/{id}/delete", Permission.STATIONS_WRITE, this::delete));
  }

  private Answer show(PageCall call, int status, String error) {
    Map<String, Object> model = new HashMap<>();
    boolean mayUpload = call.ui().may(Permission.STATIONS_WRITE);
    Instant until = call.ui().place().now().plus(desks.storage().files().settings().linkValidity());
    model.put("error", error);
    model.put(
        "images",
        desks.storage().firmwares().list(call.operatorId(), Long.MAX_VALUE, SHOWN).stream()
            .map(
                image ->
                    new ImageView(
                        image,
                        image.file().isStored() || !mayUpload
                            ? ""
                            : desks.storage().links().path(Direction.UP, image.file().id(), until)))
            .toList());
    Filter filter =
        new Filter(
            call.operatorId(),
            Optional.of(OperationKind.FIRMWARE),
            Optional.empty(),
            Optional.empty());
    List<OperationRow> rows =
        desks
            .reading()
            .operations()
            .list(filter, call.queryLong("after", Long.MAX_VALUE), SHOWN + 1);
    boolean more = rows.size() > SHOWN;
    List<OperationRow> shown = more ? rows.subList(0, SHOWN) : rows;
    model.put("updates", shown.stream().map(this::view).toList());
    model.put("next", more ? String.valueOf(shown.getLast().id()) : "");
    return pages.page(status, "firmware", call.ui(), model);
  }

  private UpdateView view(OperationRow row) {
    return new UpdateView(
        row, inventory.byId(row.stationId()).map(StationInfo::identity).orElse(""));
  }

  private Answer create(PageCall call) {
    try {
      FirmwareImage image =
          Faults.input(
              () ->
                  desks
                      .storage()
                      .firmwares()
                      .create(call.operatorId(), draft(call), call.caller().actor()));
      audit.append(entry(call, image, "firmware.create"));
      return Answer.seeOther("/firmware");
    } catch (ProblemException e) {
      return show(call, 400, String.valueOf(e.getMessage()));
    }
  }

  private static Firmwares.Draft draft(PageCall call) {
    limit("name", call.form("name"), 100);
    limit("version", call.form("version"), 50);
    limit("vendor", call.form("vendor"), 50);
    limit("model", call.form("model"), 50);
    limit("signing_certificate", call.form("certificate"), 5_500);
    limit("signature", call.form("signature"), 800);
    return new Firmwares.Draft(
        call.form("name"),
        call.formOrNull("vendor"),
        call.formOrNull("model"),
        call.form("version"),
        call.formOrNull("certificate"),
        call.formOrNull("signature"));
  }

  private static void limit(String field, String text, int most) {
    if (text.length() > most) {
      throw Problem.badField(field, "must have at most " + most + " characters").exception();
    }
  }

  private Answer delete(PageCall call) {
    FirmwareImage image =
        desks
            .storage()
            .firmwares()
            .find(call.operatorId(), call.idParam("id"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    desks.storage().firmwares().delete(image);
    audit.append(entry(call, image, "firmware.delete"));
    return Answer.seeOther("/firmware");
  }

  private static AuditEntry entry(PageCall call, FirmwareImage image, String action) {
    return AuditEntry.of(
            image.operatorId(), call.caller().actor(), action, "firmware:" + image.id())
        .with("version", image.version())
        .with("signed", image.isSigned());
  }
}
