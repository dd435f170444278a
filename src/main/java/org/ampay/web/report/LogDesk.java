package org.ampay.web.report;

import java.time.Instant;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.TimeSource;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.StationSecurity;
import org.ampay.station.files.FileLinks;
import org.ampay.station.files.StationFile;
import org.ampay.station.files.StationFiles;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.OperationRow;
import org.ampay.station.reports.ReportOrders.Log;
import org.ampay.station.reports.ReportOrders.Tries;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Asks stations for their logs. */
public final class LogDesk {

  /**
   * A log that somebody wants.
   *
   * @param security the security log; else diagnostics
   * @param extension 1.6: GetLog of the security extension also for diagnostics
   * @param location where to; null: a link of ours
   */
  public record Wish(
      boolean security,
      boolean extension,
      @Nullable String location,
      @Nullable Instant from,
      @Nullable Instant to,
      Tries tries) {

    /** The whole log to a link of ours. */
    public static Wish of(boolean security) {
      return new Wish(security, false, null, null, null, new Tries(null, null));
    }
  }

  private final Orders orders;
  private final StationFiles files;
  private final FileLinks links;
  private final TimeSource time;
  private final AuditLog audit;
  private final Locations locations;

  public LogDesk(
      Orders orders,
      StationSecurity security,
      StationFiles files,
      FileLinks links,
      TimeSource time,
      AuditLog audit) {
    this.orders = orders;
    this.files = files;
    this.links = links;
    this.time = time;
    this.audit = audit;
    this.locations = new Locations(security);
  }

  /** GetLog, or GetDiagnostics for the diagnostics of a 1.6 station. */
  public OperationRow request(StationInfo station, Wish wish, String actor) {
    if (wish.from() != null && wish.to() != null && wish.to().isBefore(wish.from())) {
      throw Problem.badField("to", "must not be before from").exception();
    }
    Protocol version =
        orders
            .version(station)
            .orElseThrow(
                () ->
                    Problem.conflict("not-connected", "the station is not connected").exception());
    int requestId = orders.requestId();
    String foreign = wish.location();
    Log log =
        new Log(
            requestId,
            wish.security(),
            version == Protocol.OCPP_16 && !wish.extension(),
            foreign == null ? link(station, wish) : locations.checked(station, foreign),
            wish.from(),
            wish.to(),
            wish.tries());
    orders.send(station, v -> v.log(log), actor);
    OperationRow begun = orders.begun(station, OperationKind.LOG, requestId);
    audit.append(
        AuditEntry.of(station.operatorId(), actor, "log.request", "station:" + station.identity())
            .with("operation", begun.id())
            .with("security", wish.security()));
    return begun;
  }

  /** A directory, as both versions want it: the station adds the name of its file. */
  private String link(StationInfo station, Wish wish) {
    StationFile file =
        files.expect(
            station.operatorId(),
            station.id(),
            StationFile.Kind.LOG,
            (wish.security() ? "security-" : "diagnostics-") + station.identity() + ".log");
    Instant until = time.now().plus(files.settings().linkValidity());
    return links.url(FileLinks.Direction.UP, file.id(), until) + "/";
  }
}
