package org.ampay.web.console;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.ampay.station.NewStation.NewConnector;
import org.ampay.station.NewStation.NewEvse;
import org.ampay.station.Site;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;

/**
 * The form that adds a station.
 *
 * @param siteId 0: a new site of that name
 */
public record StationForm(
    String id,
    String name,
    long siteId,
    NewSite site,
    String connectorType,
    Size size,
    boolean withPassword) {

  /** A site to be made with the station. */
  public record NewSite(String name, String zone) {}

  /** Texts as they were typed. */
  public record Size(String evses, String kw) {}

  /** The connector types to choose from, common ones first. */
  public static final List<String> CONNECTOR_TYPES =
      List.of(
          "IEC_62196_T2",
          "IEC_62196_T2_COMBO",
          "GBT_AC",
          "GBT_DC",
          "IEC_62196_T1",
          "IEC_62196_T1_COMBO",
          "CHADEMO",
          "TESLA_S");

  static StationForm of(PageCall call) {
    return new StationForm(
        call.form("id"),
        call.form("name"),
        new Ref(call.form("site")).id().orElse(0),
        new NewSite(call.form("site_name"), orElse(call.form("zone"), "Asia/Shanghai")),
        orElse(call.form("type"), "IEC_62196_T2"),
        new Size(orElse(call.form("evses"), "1"), call.form("kw")),
        !call.http().method().equals("POST") || !call.form("password").isEmpty());
  }

  private static String orElse(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  String nameOrId() {
    return name.isEmpty() ? id : name;
  }

  List<NewEvse> evses() {
    if (!CONNECTOR_TYPES.contains(connectorType)) {
      throw Problem.badField("type", "is not known").exception();
    }
    long count = new Ref(size.evses()).id().orElse(0);
    if (count < 1 || count > 40) {
      throw Problem.badField("evses", "must be 1 to 40").exception();
    }
    int watts =
        PageCall.decimal("kw", size.kw())
            .filter(kw -> kw.intValue() <= 10_000)
            .map(kw -> kw.movePointRight(3).intValue())
            .orElse(0);
    boolean direct =
        connectorType.contains("COMBO")
            || connectorType.equals("GBT_DC")
            || connectorType.equals("CHADEMO");
    List<NewEvse> evses = new ArrayList<>();
    for (int no = 1; no <= count; no++) {
      evses.add(
          new NewEvse(
              no, direct, direct ? 1 : 3, watts, List.of(new NewConnector(1, connectorType))));
    }
    return evses;
  }

  Site newSite(long operatorId) {
    if (site.name().isEmpty() || site.name().length() > 100) {
      throw Problem.badField("site_name", "must have 1 to 100 characters").exception();
    }
    String code = site.name().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = code.replaceAll("(^-+)|(-+$)", "");
    String unique = Integer.toHexString(site.name().hashCode());
    String shown =
        trimmed.isEmpty() ? "site-" + unique : trimmed.substring(0, Math.min(36, trimmed.length()));
    return new Site(
        0,
        operatorId,
        shown,
        site.name(),
        new Site.Address("", "", "", "CHN", null, null),
        zone(),
        true);
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(site.zone());
    } catch (DateTimeException e) {
      throw Problem.badField("zone", "must be a time zone like Asia/Shanghai").exception();
    }
  }
}
