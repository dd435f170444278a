package org.ampay.web.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.BadCertificateException;
import org.ampay.station.certs.CertificateKind;
import org.ampay.station.certs.SigningRequest;
import org.ampay.station.certs.SigningUse;
import org.ampay.station.certs.StationCertificatePort.Reply;
import org.ampay.station.certs.StationCertificates;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;

/** Certificates: those of the operator, and those of one station. */
public final class CertificatePages {

  private static final int MOST_STATIONS = 100;

  private final Pages pages;
  private final StationCertificates certificates;
  private final Inventory inventory;
  private final Executor workers;

  CertificatePages(
      Pages pages, StationCertificates certificates, Inventory inventory, Executor workers) {
    this.pages = pages;
    this.certificates = certificates;
    this.inventory = inventory;
    this.workers = workers;
  }

  /**
   * What came of something that was asked of a station.
   *
   * @param text the station's word, or why there is none
   */
  public record Told(String station, boolean good, String text) {
    static Told of(StationInfo station, Reply reply) {
      return new Told(
          station.identity(), reply instanceof Reply.Accepted, StationCertificates.text(reply));
    }
  }

  /** A request that came to nothing, with its station's name. */
  public record Failed(String station, SigningRequest request) {}

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get(
            "/certificates", Permission.STATIONS_READ, call -> operator(call, 200, "", List.of())),
        ConsoleRoute.post("/certificates", Permission.STATIONS_WRITE, this::upload),
        ConsoleRoute.post("/certificates/{id}/remove", Permission.STATIONS_WRITE, this::remove),
        ConsoleRoute.post("/certificates/root", Permission.STATIONS_WRITE, this::newRoot),
        ConsoleRoute.post("/certificates/install", Permission.STATIONS_COMMAND, this::install),
        ConsoleRoute.post("/certificates/{id}/revoke", Permission.STATIONS_WRITE, this::revoke),
        ConsoleRoute.get(
            "/stations/{id}/certificates",
            Permission.STATIONS_READ,
            call -> station(call, 200, "", List.of())),
        ConsoleRoute.post(
            "/stations/{id}/certificates/refresh", Permission.STATIONS_COMMAND, this::refresh),
        ConsoleRoute.post(
            "/stations/{id}/certificates/install", Permission.STATIONS_COMMAND, this::installOne),
        ConsoleRoute.post(
            "/stations/{id}/certificates/renew", Permission.STATIONS_COMMAND, this::renew),
        ConsoleRoute.post(
            "/stations/{id}/certificates/delete", Permission.STATIONS_COMMAND, this::delete));
  }

  private Answer operator(PageCall call, int status, String error, List<Told> told) {
    long operator = call.operatorId();
    Map<String, Object> model = new HashMap<>();
    model.put("roots", certificates.roots(operator));
    model.put("authorities", certificates.authorities(operator));
    model.put("installable", certificates.installable(operator));
    model.put("ending", certificates.ending(operator));
    model.put("issued", certificates.certificates(operator));
    model.put(
        "failed",
        certificates.failed(operator).stream()
            .map(
                request ->
                    new Failed(
                        inventory.byId(request.stationId()).map(StationInfo::identity).orElse("–"),
                        request))
            .toList());
    model.put(
        "kinds",
        java.util.Arrays.stream(CertificateKind.values())
            .filter(CertificateKind::storable)
            .toList());
    model.put("days", certificates.settings().renewBefore().toDays());
    model.put("error", error);
    model.put("told", told);
    return pages.page(status, "certificates", call.ui(), model);
  }

  private Answer upload(PageCall call) {
    CertificateKind kind =
        CertificateKind.of(call.form("kind"))
            .orElseThrow(() -> Problem.badField("kind", "is not known").exception());
    return orError(
        call,
        () -> {
          certificates.upload(
              call.operatorId(),
              kind,
              call.form("name"),
              call.form("certificate"),
              call.caller().actor());
          return Answer.seeOther("/certificates");
        });
  }

  private Answer orError(PageCall call, Supplier<Answer> work) {
    try {
      return work.get();
    } catch (BadCertificateException e) {
      return operator(call, 400, e.reason(), List.of());
    }
  }

  private Answer remove(PageCall call) {
    certificates.removeRoot(call.operatorId(), call.idParam("id"), call.caller().actor());
    return Answer.seeOther("/certificates");
  }

  private Answer newRoot(PageCall call) {
    certificates.newRoot(call.operatorId(), call.caller().actor());
    return Answer.seeOther("/certificates#authority");
  }

  private Answer revoke(PageCall call) {
    certificates.revoke(
        call.operatorId(), call.idParam("id"), call.form("reason"), call.caller().actor());
    return Answer.seeOther("/certificates#issued");
  }

  private Answer install(PageCall call) {
    List<StationInfo> stations = new ArrayList<>();
    for (String identity : call.form("stations").split("[\\s,;]+")) {
      if (!identity.isEmpty()) {
        stations.add(
            inventory
                .byIdentity(identity)
                .filter(station -> station.operatorId() == call.operatorId())
                .orElseThrow(
                    () ->
                        Problem.badField("stations", "there is no station '" + identity + "'")
                            .exception()));
      }
    }
    if (stations.isEmpty() || stations.size() > MOST_STATIONS) {
      throw Problem.badField("stations", "must be 1 to " + MOST_STATIONS).exception();
    }
    call.http().withoutTimeout();
    return orError(
        call,
        () ->
            operator(
                call,
                200,
                "",
                certificates
                    .install(stations, call.form("certificate"), call.caller().actor(), workers)
                    .stream()
                    .map(one -> Told.of(one.station(), one.reply()))
                    .toList()));
  }

  private StationInfo found(PageCall call) {
    return inventory
        .byIdentity(call.pathParam("id"))
        .filter(station -> station.operatorId() == call.operatorId())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer station(PageCall call, int status, String error, List<Told> told) {
    StationInfo station = found(call);
    Map<String, Object> model = new HashMap<>();
    model.put("identity", station.identity());
    model.put("own", certificates.certificatesOf(station.id()));
    model.put("requests", certificates.requests(station.id()));
    model.put("installed", certificates.installed(station.id()));
    model.put("changes", certificates.changes(station.id()));
    model.put("installable", certificates.installable(station.operatorId()));
    model.put("error", error);
    model.put("told", told);
    return pages.page(status, "station-certificates", call.ui(), model);
  }

  private Answer refresh(PageCall call) {
    call.http().withoutTimeout();
    return told(call, certificates.refresh(found(call), Set.of()));
  }

  private Answer told(PageCall call, Reply reply) {
    return station(call, 200, "", List.of(Told.of(found(call), reply)));
  }

  private Answer installOne(PageCall call) {
    call.http().withoutTimeout();
    try {
      return told(
          call, certificates.install(found(call), call.form("certificate"), call.caller().actor()));
    } catch (BadCertificateException e) {
      return station(call, 400, e.reason(), List.of());
    }
  }

  private Answer renew(PageCall call) {
    SigningUse use =
        SigningUse.of(call.form("use"))
            .orElseThrow(() -> Problem.badField("use", "is not known").exception());
    call.http().withoutTimeout();
    return told(call, certificates.renew(found(call), use, call.caller().actor()));
  }

  private Answer delete(PageCall call) {
    long id =
        new Ref(call.form("certificate"))
            .id()
            .orElseThrow(() -> Problem.notFound(null).exception());
    call.http().withoutTimeout();
    return certificates
        .delete(found(call), id, call.caller().actor())
        .map(reply -> told(call, reply))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }
}
