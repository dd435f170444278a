package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.ocpp.edge.SecurityDialect.Destination;
import org.ampay.station.Inventory;
import org.ampay.station.LinkFact;
import org.ampay.station.LinkFact.ClientCertificate;
import org.ampay.station.StationInfo;
import org.ampay.station.StationSecurity;
import org.ampay.web.WebRooms;
import org.ampay.web.command.StationKeys;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;
import org.jspecify.annotations.Nullable;

/** Calls for the security of a station's connection. */
final class StationSecurityApi {

  private final Inventory inventory;
  private final StationReadStore stations;
  private final WebRooms.Security security;
  private final StationKeys keys;
  private final AuditLog audit;

  StationSecurityApi(
      Inventory inventory,
      StationReadStore stations,
      WebRooms.Security security,
      StationKeys keys,
      AuditLog audit) {
    this.inventory = inventory;
    this.stations = stations;
    this.security = security;
    this.keys = keys;
    this.audit = audit;
  }

  record CertificateOut(String subject, String issuer, String serial, Instant notAfter) {
    static CertificateOut of(ClientCertificate shown) {
      return new CertificateOut(shown.subject(), shown.issuer(), shown.serial(), shown.notAfter());
    }
  }

  record TlsOut(
      String version,
      String cipher,
      @Field("when that connection began") Instant at,
      @Field("what the station showed; null: none") @Nullable CertificateOut certificate) {
    static TlsOut of(LinkFact link) {
      return new TlsOut(
          link.version(),
          link.cipher(),
          link.at(),
          link.certificate().map(CertificateOut::of).orElse(null));
    }
  }

  record SecurityOut(
      @Field("pinned: the station comes in under no other") int profile,
      @Field("a higher one that the station has agreed to") @Nullable Integer targetProfile,
      boolean hasPassword,
      @Field("of a change: settled, open (no answer), reboot, waiting (station is away)")
          String passwordState,
      @Field("the last connection by TLS") @Nullable TlsOut tls) {
    static SecurityOut of(StationSecurity.Status status) {
      return new SecurityOut(
          status.profile(),
          status.target().orElse(null),
          status.hasPassword(),
          status.password().name().toLowerCase(java.util.Locale.ROOT),
          status.link().map(TlsOut::of).orElse(null));
    }
  }

  record ProfileIn(
      @Field(value = "above the pinned one", min = 1, max = 3) int profile,
      @Field(value = "2.0.1: slot of its network profiles, 1 by default", min = 0, max = 100)
          @Nullable Integer configurationSlot,
      @Field(value = "2.0.1: where it shall connect, without its id", maxLength = 512)
          @Nullable String url,
      @Field(value = "2.0.1: Wired0 by default", maxLength = 20)
          @Nullable String networkInterface) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/stations/{id}/security",
                Permission.STATIONS_READ,
                "Security profile, password and last TLS connection")
            .answers(200, SecurityOut.class)
            .by(this::get),
        ApiRoute.post(
                "/stations/{id}/security/profile",
                Permission.STATIONS_WRITE,
                "Asks a connected station for a higher security profile")
            .describe(
                "Sends ChangeConfiguration or SetNetworkProfile. Once accepted the station may come"
                    + " in under it; its first connection pins it, for ever.")
            .takes(ProfileIn.class)
            .answers(200, SecurityOut.class)
            .by(this::raise));
  }

  private StationRow find(ApiCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  private Answer get(ApiCall call) {
    return answer(find(call));
  }

  private Answer answer(StationRow row) {
    return Answer.json(
        200,
        security
            .stations()
            .status(row.id())
            .map(SecurityOut::of)
            .orElseThrow(() -> Problem.notFound("there is no such station").exception()));
  }

  private Answer raise(ApiCall call) {
    StationRow row = find(call);
    ProfileIn in = call.body(ProfileIn.class);
    String url = Objects.requireNonNullElse(in.url(), security.url().orElse(""));
    Destination destination =
        new Destination(
            in.profile(),
            Objects.requireNonNullElse(in.configurationSlot(), 1),
            url,
            Objects.requireNonNullElse(in.networkInterface(), "Wired0"));
    StationInfo station =
        inventory
            .byId(row.id())
            .orElseThrow(() -> Problem.notFound("there is no such station").exception());
    keys.raise(station, destination, call.caller().actor());
    audit.append(
        AuditEntry.of(
                row.operatorId(),
                call.caller().actor(),
                "station.security_profile.ask",
                "station:" + row.identity())
            .with("profile", in.profile()));
    return answer(row);
  }
}
