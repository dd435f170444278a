package org.ampay.web;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.station.NewStation;
import org.ampay.station.NewStation.NewConnector;
import org.ampay.station.NewStation.NewEvse;
import org.ampay.station.Operator;
import org.ampay.station.Protocol;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.web.OrderRows.Draft;

/**
 * Every page that a driver may see, in every state, over the stations of a {@link ConsoleWorld}.
 */
final class DriverWorld {

  private final WebFixture web;
  private final ConsoleWorld world;
  private final OrderRows rows;
  private final StationInfo free;
  private final StationInfo odd;
  private final Map<String, String> pages = new LinkedHashMap<>();

  DriverWorld(WebFixture web, ConsoleWorld world) {
    this.web = web;
    this.world = world;
    this.rows = new OrderRows(web);
    this.free = station("SH-HQ-0002");
    this.odd = station("EVIL_" + "x".repeat(40));
    web.stations.connect(odd.id(), Protocol.OCPP_16);
    addPages();
  }

  private StationInfo station(String identity) {
    return web.inventory.byIdentity(identity).orElseThrow();
  }

  OrderRows rows() {
    return rows;
  }

  /** A station where one can pay. */
  StationInfo free() {
    return free;
  }

  /** The page of an EVSE. */
  String point(StationInfo station) {
    return "/pay/" + rows.payCode(station, 1);
  }

  /** Every page, by a short name. */
  Map<String, String> pages() {
    return pages;
  }

  private void addPages() {
    pages.put("pay-free", point(free));
    pages.put("pay-occupied", point(station("SH-HQ-0001")));
    pages.put("pay-broken", point(station("SH-HQ-0007")));
    pages.put("pay-offline", point(station("SH-HQ-0004")));
    pages.put("pay-odd", point(odd));
    pages.put("pay-no-tariff", point(withoutTariff()));
    pages.put("pay-enter", "/pay");
    pages.put("pay-unknown", "/pay/NOBODYHAS");
    pages.put("pay-order-unknown", "/pay/orders/" + "z".repeat(22));
    running();
    for (EndReason end : EndReason.values()) {
      if (end != EndReason.SETTLED && end != EndReason.DEBT) {
        boolean paid = end != EndReason.DECLINED && end != EndReason.EXPIRED;
        add("end-" + end.code(), Draft.of(free, State.CLOSED, end, paid ? 5_000 : 0));
      }
    }
  }

  private void running() {
    ProviderKey wallet = ProviderKey.inLedger("wallet");
    add("asking", Draft.of(free, State.WAITING, null, 0));
    add("scan", Draft.of(free, State.WAITING, null, 0).asking(OrderFixture.QR));
    add(
        "scan-long",
        Draft.of(odd, State.WAITING, null, 0)
            .via(OrderFixture.ALIPAY, Flow.PREAUTH, Form.QR)
            .asking("https://qr.alipay.com/" + "a".repeat(900)));
    add(
        "redirect",
        Draft.of(free, State.WAITING, null, 0)
            .via(OrderFixture.STRIPE, Flow.PREAUTH, Form.REDIRECT)
            .asking(OrderFixture.LINK));
    add(
        "in-app",
        Draft.of(free, State.WAITING, null, 0)
            .via(OrderFixture.WECHAT, Flow.PREAUTH, Form.IN_APP)
            .asking("{\"call\":\"openBusinessView\",\"args\":{}}"));
    add("cancelling", Draft.of(free, State.WAITING, null, 0).cancelling());
    add("paid", Draft.of(free, State.PAID, null, 5_000));
    add("plug", Draft.of(free, State.STARTING, null, 5_000));
    add("charging", Draft.of(free, State.CHARGING, null, 5_000).session(world.active));
    add("charging-early", Draft.of(odd, State.CHARGING, null, 5_000));
    add("stopping", Draft.of(free, State.CHARGING, null, 5_000).session(world.active).cancelling());
    add("settling", Draft.of(free, State.SETTLING, null, 5_000).session(world.session));
    add("returning", Draft.of(free, State.RETURNING, EndReason.START_REFUSED, 5_000));
    add(
        "settled",
        Draft.of(free, State.CLOSED, EndReason.SETTLED, 5_000)
            .session(world.session)
            .cost(2_357, 2_643));
    add(
        "settled-stripe",
        Draft.of(odd, State.CLOSED, EndReason.SETTLED, 5_000)
            .via(OrderFixture.STRIPE, Flow.PREAUTH, Form.REDIRECT)
            .session(world.session)
            .cost(2_357, 2_643));
    add(
        "debt",
        Draft.of(free, State.CLOSED, EndReason.DEBT, 2_000)
            .via(wallet, Flow.WALLET, Form.IN_APP)
            .session(world.session)
            .cost(2_357, 0));
  }

  private void add(String name, Draft draft) {
    pages.put("pay-order-" + name, "/pay/orders/" + rows.order(draft));
  }

  private StationInfo withoutTariff() {
    Operator other = web.otherOperator(77);
    StationInfo station =
        web.inventory.createStation(
            new NewStation(
                other.id(),
                web.inventory
                    .createSite(
                        new Site(
                            0,
                            other.id(),
                            "de",
                            "Rastanlage Großkreutz-Süd",
                            new Site.Address("A2", "Werder", "14542", "DEU", null, null),
                            ZoneId.of("Europe/Berlin"),
                            true))
                    .id(),
                "DE-NEW-1",
                "",
                0,
                List.of(
                    new NewEvse(
                        1, false, 3, 11_000, List.of(new NewConnector(1, "IEC_62196_T2"))))),
            Optional.empty());
    web.stations.connect(station.id(), Protocol.OCPP_201);
    return station;
  }
}
