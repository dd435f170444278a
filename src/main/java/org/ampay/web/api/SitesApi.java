package org.ampay.web.api;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.station.Site;
import org.ampay.web.api.StationShapes.NewSiteIn;
import org.ampay.web.api.StationShapes.SiteOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.Scope;

/** Calls for sites. */
final class SitesApi {

  private static final String DEFAULT_CODE = "default";
  private static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Shanghai");

  private final Inventory inventory;
  private final AuditLog audit;

  SitesApi(Inventory inventory, AuditLog audit) {
    this.inventory = inventory;
    this.audit = audit;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/sites", Permission.STATIONS_READ, "Lists sites")
            .lists(SiteOut.class)
            .by(this::list),
        ApiRoute.post("/sites", Permission.STATIONS_WRITE, "Adds a site")
            .takes(NewSiteIn.class)
            .answers(201, SiteOut.class)
            .by(this::create));
  }

  private Answer list(ApiCall call) {
    long after = call.cursorId(0);
    List<Site> sites =
        operators(call.scope()).stream()
            .flatMap(operator -> inventory.sites(operator).stream())
            .filter(site -> site.id() > after)
            .sorted((a, b) -> Long.compare(a.id(), b.id()))
            .limit(call.limit() + 1L)
            .toList();
    return Answer.json(200, call.page(sites, SitesApi::out, Site::id));
  }

  private List<Long> operators(Scope scope) {
    Long one = scope.operatorId();
    return one == null ? inventory.operators().stream().map(Operator::id).toList() : List.of(one);
  }

  private Answer create(ApiCall call) {
    NewSiteIn in = call.body(NewSiteIn.class);
    long operator = call.owner(in.operator());
    if (!in.code().matches("[A-Za-z0-9._-]{1,36}")) {
      throw Problem.badField("code", "must be 1 to 36 letters, digits, dots, dashes").exception();
    }
    Site.Address address =
        new Site.Address(
            Objects.requireNonNullElse(in.address(), ""),
            Objects.requireNonNullElse(in.city(), ""),
            Objects.requireNonNullElse(in.postalCode(), ""),
            country(in),
            in.latitude(),
            in.longitude());
    Site site =
        inventory.createSite(
            new Site(
                0,
                operator,
                in.code(),
                Objects.requireNonNullElse(in.name(), in.code()),
                address,
                zone(in),
                in.published() == null || in.published()),
            (tx, made) ->
                audit.append(
                    tx,
                    AuditEntry.of(
                        operator, call.caller().actor(), "site.create", "site:" + made.code())));
    return Answer.json(201, out(site));
  }

  private static String country(NewSiteIn in) {
    String country = Objects.requireNonNullElse(in.country(), "CHN");
    if (!country.matches("[A-Z]{3}")) {
      throw Problem.badField("country", "must be an ISO 3166-1 alpha-3 code").exception();
    }
    checkDegrees("latitude", in.latitude(), 90);
    checkDegrees("longitude", in.longitude(), 180);
    return country;
  }

  private static void checkDegrees(
      String field, java.math.@org.jspecify.annotations.Nullable BigDecimal value, int most) {
    if (value != null && value.abs().compareTo(java.math.BigDecimal.valueOf(most)) > 0) {
      throw Problem.badField(field, "must be -" + most + " to " + most).exception();
    }
  }

  private static ZoneId zone(NewSiteIn in) {
    if (in.timeZone() == null) {
      return DEFAULT_ZONE;
    }
    try {
      return ZoneId.of(in.timeZone());
    } catch (DateTimeException e) {
      throw Problem.badField("time_zone", "must be an IANA time zone").exception();
    }
  }

  /** The operator's site that a request names, or its default site, made when it is missing. */
  Site resolve(long operatorId, @org.jspecify.annotations.Nullable Ref ref) {
    if (ref != null) {
      return find(operatorId, ref)
          .orElseThrow(() -> Problem.badField("site", "there is no such site").exception());
    }
    return find(operatorId, new Ref(DEFAULT_CODE)).orElseGet(() -> createDefault(operatorId));
  }

  /** A site by its code, or else its id. */
  Optional<Site> find(long operatorId, Ref ref) {
    Optional<Site> byCode =
        inventory.sites(operatorId).stream().filter(s -> s.code().equals(ref.text())).findFirst();
    return byCode.isPresent() || ref.id().isEmpty()
        ? byCode
        : inventory.site(operatorId, ref.id().getAsLong());
  }

  private synchronized Site createDefault(long operatorId) {
    return find(operatorId, new Ref(DEFAULT_CODE))
        .orElseGet(
            () ->
                inventory.createSite(
                    new Site(
                        0,
                        operatorId,
                        DEFAULT_CODE,
                        "Default site",
                        new Site.Address("", "", "", "CHN", null, null),
                        DEFAULT_ZONE,
                        false)));
  }

  private static SiteOut out(Site site) {
    return new SiteOut(
        site.id(),
        site.operatorId(),
        site.code(),
        site.name(),
        site.address().street(),
        site.address().city(),
        site.address().postalCode(),
        site.address().country(),
        site.address().latitude(),
        site.address().longitude(),
        site.zone().getId(),
        site.published());
  }
}
