package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.BadCertificateException;
import org.ampay.station.certs.CertificateKind;
import org.ampay.station.certs.SigningUse;
import org.ampay.station.certs.StationCertificatePort.Reply;
import org.ampay.station.certs.StationCertificates;
import org.ampay.web.api.CertificateShapes.AuthorityOut;
import org.ampay.web.api.CertificateShapes.ChangeOut;
import org.ampay.web.api.CertificateShapes.InstallIn;
import org.ampay.web.api.CertificateShapes.InstallOut;
import org.ampay.web.api.CertificateShapes.InstallableOut;
import org.ampay.web.api.CertificateShapes.InstalledOut;
import org.ampay.web.api.CertificateShapes.RefreshIn;
import org.ampay.web.api.CertificateShapes.RefreshOut;
import org.ampay.web.api.CertificateShapes.RenewIn;
import org.ampay.web.api.CertificateShapes.RequestOut;
import org.ampay.web.api.CertificateShapes.RevokeIn;
import org.ampay.web.api.CertificateShapes.RootOut;
import org.ampay.web.api.CertificateShapes.StationCertificateOut;
import org.ampay.web.api.CertificateShapes.StationOverviewOut;
import org.ampay.web.api.CertificateShapes.StatusOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;

/** Calls for CA certificates, our own authority, and the certificates of stations. */
final class CertificatesApi {

  private static final Set<String> ROOT_FIELDS = Set.of("kind", "name", "certificate", "operator");

  private final StationCertificates certificates;
  private final Inventory inventory;
  private final Executor workers;

  CertificatesApi(StationCertificates certificates, Inventory inventory, Executor workers) {
    this.certificates = certificates;
    this.inventory = inventory;
    this.workers = workers;
  }

  List<ApiRoute> routes() {
    List<ApiRoute> routes = new ArrayList<>(operatorRoutes());
    routes.addAll(stationRoutes());
    return routes;
  }

  private List<ApiRoute> operatorRoutes() {
    return List.of(
        ApiRoute.get("/certificates", Permission.STATIONS_READ, "Lists uploaded CA certificates")
            .lists(RootOut.class)
            .by(this::roots),
        ApiRoute.post("/certificates", Permission.STATIONS_WRITE, "Uploads a CA certificate")
            .describe(
                "Body: `kind` (central, manufacturer, v2g, mo: roots to install in stations;"
                    + " sub_ca: kept to check chains with), `certificate` (PEM), `name`.")
            .takesAny()
            .answers(201, RootOut.class)
            .by(this::upload),
        ApiRoute.delete("/certificates/{id}", Permission.STATIONS_WRITE, "Forgets a CA certificate")
            .describe("Stations that have it keep it.")
            .answers(204, null)
            .by(this::remove),
        ApiRoute.get(
                "/certificates/authorities",
                Permission.STATIONS_READ,
                "The operator's own authorities, newest first")
            .answers(200, null)
            .by(this::authorities),
        ApiRoute.post(
                "/certificates/authorities",
                Permission.STATIONS_WRITE,
                "Makes a new own root, signed by the one before as well")
            .answers(201, AuthorityOut.class)
            .by(this::newRoot),
        ApiRoute.get(
                "/certificates/installable",
                Permission.STATIONS_READ,
                "What can be installed in stations")
            .answers(200, null)
            .by(this::installable),
        ApiRoute.post(
                "/certificates/install",
                Permission.STATIONS_COMMAND,
                "Installs a certificate in stations and waits for their answers")
            .takes(InstallIn.class)
            .answers(200, null)
            .by(this::install),
        ApiRoute.get(
                "/certificates/stations",
                Permission.STATIONS_READ,
                "Certificates of stations, those that end first before the others")
            .query("ending", "true: only those in use that end soon or have ended")
            .answers(200, null)
            .by(this::issued),
        ApiRoute.post(
                "/certificates/stations/{id}/revoke",
                Permission.STATIONS_WRITE,
                "Revokes a station's certificate: it is refused from now on")
            .takes(RevokeIn.class)
            .answers(204, null)
            .by(this::revoke));
  }

  private List<ApiRoute> stationRoutes() {
    return List.of(
        ApiRoute.get(
                "/stations/{id}/certificates",
                Permission.STATIONS_READ,
                "A station's own certificates, its requests, and what it holds")
            .answers(200, StationOverviewOut.class)
            .by(this::overview),
        ApiRoute.post(
                "/stations/{id}/certificates/refresh",
                Permission.STATIONS_COMMAND,
                "Asks a station which certificates it holds")
            .takes(RefreshIn.class)
            .answers(200, RefreshOut.class)
            .by(this::refresh),
        ApiRoute.post(
                "/stations/{id}/certificates/renew",
                Permission.STATIONS_COMMAND,
                "Makes a station ask for a new certificate of its own")
            .takes(RenewIn.class)
            .answers(200, StatusOut.class)
            .by(this::renew),
        ApiRoute.delete(
                "/stations/{id}/certificates/{certificate}",
                Permission.STATIONS_COMMAND,
                "Deletes a certificate at a station by the hashes that it reported")
            .answers(200, StatusOut.class)
            .by(this::delete));
  }

  private Answer roots(ApiCall call) {
    long after = call.cursorId(0);
    var rows =
        certificates.roots(call.owner(null)).stream()
            .filter(root -> root.id() > after)
            .limit(call.limit() + 1L)
            .toList();
    return Answer.json(200, call.page(rows, RootOut::of, root -> root.id()));
  }

  private Answer upload(ApiCall call) {
    JsonNode body = call.bodyTree();
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!ROOT_FIELDS.contains(name)) {
                throw Problem.badField(name, "is not known").exception();
              }
            });
    CertificateKind kind = kind("kind", text(body, "kind", 20));
    String pem = text(body, "certificate", 100_000);
    String name = body.path("name").asText("");
    if (name.length() > 100) {
      throw Problem.badField("name", "must have at most 100 characters").exception();
    }
    long operator =
        call.owner(
            body.hasNonNull("operator")
                ? new org.ampay.web.http.Ref(body.path("operator").asText())
                : null);
    return Answer.json(
        201,
        RootOut.of(
            good(() -> certificates.upload(operator, kind, name, pem, call.caller().actor()))));
  }

  private static String text(JsonNode body, String field, int most) {
    JsonNode value = body.path(field);
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw Problem.badField(field, "is missing").exception();
    }
    if (value.asText().length() > most) {
      throw Problem.badField(field, "must have at most " + most + " characters").exception();
    }
    return value.asText();
  }

  private static CertificateKind kind(String field, String word) {
    return CertificateKind.of(word)
        .orElseThrow(
            () ->
                Problem.badField(
                        field, "must be central, manufacturer, v2g, mo, v2g_chain or sub_ca")
                    .exception());
  }

  /** Runs what may refuse a certificate; why it does is a problem of that field. */
  private static <T> T good(Supplier<T> work) {
    try {
      return work.get();
    } catch (BadCertificateException e) {
      throw Problem.badField("certificate", e.reason()).exception();
    }
  }

  private Answer remove(ApiCall call) {
    if (!certificates.removeRoot(call.owner(null), call.idParam("id"), call.caller().actor())) {
      throw unknownCertificate();
    }
    return Answer.empty(204);
  }

  private static RuntimeException unknownCertificate() {
    return Problem.notFound("there is no such certificate").exception();
  }

  private Answer authorities(ApiCall call) {
    return Answer.json(
        200,
        new ListAnswer<>(
            certificates.authorities(call.owner(null)).stream().map(AuthorityOut::of).toList(),
            null));
  }

  private Answer newRoot(ApiCall call) {
    return Answer.json(
        201, AuthorityOut.of(certificates.newRoot(call.owner(null), call.caller().actor())));
  }

  private Answer installable(ApiCall call) {
    return Answer.json(
        200,
        new ListAnswer<>(
            certificates.installable(call.owner(null)).stream().map(InstallableOut::of).toList(),
            null));
  }

  private Answer install(ApiCall call) {
    InstallIn in = call.body(InstallIn.class);
    long operator = call.owner(null);
    List<StationInfo> stations =
        in.stations().stream()
            .map(
                id ->
                    inventory
                        .byIdentity(id)
                        .filter(station -> station.operatorId() == operator)
                        .orElseThrow(
                            () ->
                                Problem.badField("stations", "there is no station '" + id + "'")
                                    .exception()))
            .toList();
    call.http().withoutTimeout();
    List<StationCertificates.Installation> done =
        good(
            () -> certificates.install(stations, in.certificate(), call.caller().actor(), workers));
    List<InstallOut> items =
        done.stream()
            .map(
                one ->
                    new InstallOut(
                        one.station().identity(), word(one.reply()), detail(one.reply())))
            .toList();
    return Answer.json(200, new ListAnswer<>(items, null));
  }

  private static String word(Reply reply) {
    return switch (reply) {
      case Reply.Accepted _ -> "Accepted";
      case Reply.Refused refused -> refused.word();
      case Reply.Unheard(CommandOutcome.NotConnected _) -> "not_connected";
      case Reply.Unheard(CommandOutcome.TimedOut _) -> "no_answer";
      case Reply.Unheard _ -> "error";
    };
  }

  private static String detail(Reply reply) {
    return reply instanceof Reply.Unheard unheard ? unheard.text() : "";
  }

  /** The station's word; what it never heard is a problem. */
  private static Answer told(Reply reply) {
    return switch (reply) {
      case Reply.Unheard(CommandOutcome.NotConnected _) ->
          throw Problem.conflict("not-connected", "the station is not connected").exception();
      case Reply.Unheard(CommandOutcome.TimedOut _) ->
          throw Problem.noAnswer("no answer in time").exception();
      case Reply.Accepted _, Reply.Refused _, Reply.Unheard _ ->
          Answer.json(200, new StatusOut(word(reply), detail(reply)));
    };
  }

  private Answer issued(ApiCall call) {
    long operator = call.owner(null);
    boolean ending = "true".equals(call.choice("ending", List.of("true", "false")));
    var rows = ending ? certificates.ending(operator) : certificates.certificates(operator);
    return Answer.json(
        200, new ListAnswer<>(rows.stream().map(StationCertificateOut::of).toList(), null));
  }

  private Answer revoke(ApiCall call) {
    RevokeIn in = call.body(RevokeIn.class);
    String reason = in.reason() == null ? "" : in.reason();
    if (!certificates.revoke(call.owner(null), call.idParam("id"), reason, call.caller().actor())) {
      throw unknownCertificate();
    }
    return Answer.empty(204);
  }

  private StationInfo station(ApiCall call) {
    return inventory
        .byIdentity(call.pathParam("id"))
        .filter(
            station ->
                call.scope().operatorId() == null
                    || call.scope().operatorId() == station.operatorId())
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  private Answer overview(ApiCall call) {
    StationInfo station = station(call);
    return Answer.json(
        200,
        new StationOverviewOut(
            certificates.certificatesOf(station.id()).stream()
                .map(StationCertificateOut::of)
                .toList(),
            certificates.requests(station.id()).stream().map(RequestOut::of).toList(),
            installed(station),
            certificates.changes(station.id()).stream().map(ChangeOut::of).toList()));
  }

  private List<InstalledOut> installed(StationInfo station) {
    return certificates.installed(station.id()).stream().map(InstalledOut::of).toList();
  }

  private Answer refresh(ApiCall call) {
    StationInfo station = station(call);
    RefreshIn in = call.body(RefreshIn.class);
    Set<CertificateKind> kinds = EnumSet.noneOf(CertificateKind.class);
    if (in.kinds() != null) {
      in.kinds().forEach(word -> kinds.add(kind("kinds", word)));
    }
    call.http().withoutTimeout();
    Reply reply = certificates.refresh(station, kinds);
    return reply instanceof Reply.Unheard
        ? told(reply)
        : Answer.json(200, new RefreshOut(word(reply), installed(station)));
  }

  private Answer renew(ApiCall call) {
    StationInfo station = station(call);
    SigningUse use =
        SigningUse.of(call.body(RenewIn.class).use())
            .orElseThrow(
                () -> Problem.badField("use", "must be station, v2g or combined").exception());
    call.http().withoutTimeout();
    return told(certificates.renew(station, use, call.caller().actor()));
  }

  private Answer delete(ApiCall call) {
    StationInfo station = station(call);
    call.http().withoutTimeout();
    return certificates
        .delete(station, call.idParam("certificate"), call.caller().actor())
        .map(CertificatesApi::told)
        .orElseThrow(CertificatesApi::unknownCertificate);
  }
}
