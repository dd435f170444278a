package org.ampay.app;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.ampay.app.simulator.Outlet;
import org.ampay.app.simulator.StationSpec;
import org.ampay.station.Operator;
import org.ampay.station.Site;

/** What there is in the demo: places, stations, prices and people. */
final class DemoWorld {

  /** The default operator of every installation, and one that is the demo's own. */
  static final long CHINA = Operator.DEFAULT_ID;

  static final Operator EUROPE = new Operator(2, "Rheinstrom Demo GmbH", "DE", "RHS", "EUR", 3_000);

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration METER_INTERVAL = Duration.ofSeconds(30);

  private DemoWorld() {}

  /**
   * A site with its stations and its tariff.
   *
   * @param tariff a JSON text
   * @param calendar that of the calendar whose id the tariff's text lacks; empty: it lacks none
   */
  record Place(
      Site site,
      List<StationSpec> stations,
      String tariffName,
      String tariff,
      Optional<String> calendar) {}

  /**
   * A driver.
   *
   * @param balanceMinor in the wallet at the beginning
   * @param keepFull whether the wallet is topped up again when it runs low
   */
  record Person(
      long operatorId,
      String name,
      String language,
      String token,
      long balanceMinor,
      boolean keepFull,
      boolean blocked) {}

  static List<Place> places() {
    return List.of(
        new Place(
            site(CHINA, "SH-LJZ", "上海陆家嘴中心充电站", shanghai(), SHANGHAI),
            List.of(
                station("SH-LJZ-01", "1.6", Outlet.dc(1, 120_000), Outlet.dc(2, 120_000)),
                station("SH-LJZ-02", "2.0.1", Outlet.dc(1, 180_000), Outlet.dc(2, 180_000)),
                station("SH-LJZ-03", "1.6", Outlet.ac(1, 1, 7_000)),
                station("SH-LJZ-04", "2.0.1", Outlet.ac(1, 1, 7_000))),
            "尖峰平谷与服务费 Time of use",
            DemoTariffs.TIME_OF_USE,
            Optional.of(DemoTariffs.CALENDAR)),
        new Place(
            site(CHINA, "SZ-NS", "深圳南山科技园快充站", shenzhen(), SHANGHAI),
            List.of(
                station("SZ-NS-01", "1.6", Outlet.dc(1, 60_000)),
                station("SZ-NS-02", "2.0.1", Outlet.dc(1, 120_000)),
                station("SZ-NS-03", "1.6", Outlet.dc(1, 240_000)),
                station("SZ-NS-04", "2.0.1", Outlet.ac(1, 3, 22_000))),
            "快充与占位费 Fast, with a parking fee",
            DemoTariffs.WITH_PARKING,
            Optional.empty()),
        new Place(
            site(EUROPE.id(), "DE-CGN", "Köln Hauptbahnhof", cologne(), BERLIN),
            List.of(
                station("DE-CGN-01", "2.0.1", Outlet.ac(1, 3, 22_000), Outlet.ac(2, 3, 22_000)),
                station("DE-CGN-02", "1.6", Outlet.ac(1, 3, 11_000)),
                station("DE-CGN-03", "2.0.1", Outlet.dc(1, 150_000)),
                station("DE-CGN-04", "1.6", Outlet.dc(1, 50_000))),
            "Standard Köln",
            DemoTariffs.COLOGNE,
            Optional.empty()));
  }

  static List<Person> people() {
    return List.of(
        chinese("张伟", "04A1B2C3D4E501", 200_000),
        chinese("王芳", "04A1B2C3D4E502", 200_000),
        chinese("李娜", "04A1B2C3D4E503", 250_000),
        chinese("刘洋", "04A1B2C3D4E504", 200_000),
        chinese("陈静", "04A1B2C3D4E505", 200_000),
        chinese("杨磊", "04A1B2C3D4E506", 200_000),
        chinese("赵敏", "04A1B2C3D4E507", 200_000),
        chinese("黄强", "04A1B2C3D4E508", 200_000),
        new Person(CHINA, "周杰 (余额不足)", "zh-CN", "04A1B2C3D4E509", 6_500, false, false),
        new Person(CHINA, "吴霞 (已挂失)", "zh-CN", "04A1B2C3D4E510", 50_000, false, true),
        european("Anna Schneider", "04F1E2D3C4B501"),
        european("Lukas Weber", "04F1E2D3C4B502"),
        european("Sophie Martin", "04F1E2D3C4B503"),
        european("Jan de Vries", "04F1E2D3C4B504"),
        european("Giulia Rossi", "04F1E2D3C4B505"),
        european("Zoë Müller-Łukasik", "04F1E2D3C4B506"));
  }

  private static Person chinese(String name, String token, long balance) {
    return new Person(CHINA, name, "zh-CN", token, balance, true, false);
  }

  private static Person european(String name, String token) {
    return new Person(EUROPE.id(), name, "en", token, 60_000, true, false);
  }

  private static StationSpec station(String identity, String version, Outlet... outlets) {
    return StationSpec.of(identity, version, outlets).withMeterInterval(METER_INTERVAL);
  }

  private static Site site(
      long operatorId, String code, String name, Site.Address address, ZoneId zone) {
    return new Site(0, operatorId, code, name, address, zone, true);
  }

  private static Site.Address shanghai() {
    return address("世纪大道100号", "上海市", "200120", "CHN", "31.236305", "121.505190");
  }

  private static Site.Address shenzhen() {
    return address("科苑路15号", "深圳市", "518057", "CHN", "22.540503", "113.952660");
  }

  private static Site.Address cologne() {
    return address("Trankgasse 11", "Köln", "50667", "DEU", "50.943029", "6.958729");
  }

  private static Site.Address address(
      String street,
      String city,
      String postalCode,
      String country,
      String latitude,
      String longitude) {
    return new Site.Address(
        street, city, postalCode, country, new BigDecimal(latitude), new BigDecimal(longitude));
  }
}
