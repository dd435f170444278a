package org.ampay.payment;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TestTime;
import org.ampay.billing.CdrPlace;
import org.ampay.billing.share.Contracts;
import org.ampay.payment.fee.PlatformFees;
import org.ampay.payment.order.MemoryOrderStore;
import org.ampay.payment.order.OrderBinding;
import org.ampay.payment.order.SqlOrderStore;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.roaming.RoamingProvider;
import org.ampay.station.StationInfo;
import org.ampay.store.JobStore;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/** The one operator, site and station of {@link MoneyWorld}. */
final class MoneyInventory {

  private MoneyInventory() {}

  private static final String TARIFF =
      """
      {"currency":"CNY","tax_included":"NO","elements":[{"price_components":[
        {"type":"ENERGY","price":1.00,"vat":10,"step_size":0},
        {"type":"FLAT","price":0.50,"vat":10,"step_size":0}]}]}
      """;

  static final CdrPlace PLACE =
      new CdrPlace(
          new CdrPlace.Party("CN", "AMP"),
          "S1",
          "Site",
          "1 Road",
          "Shanghai",
          "200000",
          "CHN",
          null,
          null,
          "Asia/Shanghai",
          "CP1",
          "IEC_62196_T2_COMBO",
          "DC");

  static WriteOffStore writeOffs(MoneyStores.Base base) {
    return base.database() == null ? new MemoryWriteOffStore() : new SqlWriteOffStore();
  }

  static @Nullable Contracts contracts(
      MoneyStores.Base base, IdSource ids, TestTime time, PlatformFees fees) {
    return base.database() == null ? null : new Contracts(base.transactor(), ids, time, fees::of);
  }

  static OrderBinding binding(
      MoneyStores.Base base, MemoryOrderStore memory, JobStore jobs, TestTime time) {
    return base.database() == null
        ? new OrderBinding(memory, (OrderOperations) base.settlements(), jobs, time)
        : new OrderBinding(
            new SqlOrderStore(), (SqlSettlementStore) base.settlements(), jobs, time);
  }

  static void insert(TestDatabase database) {
    String at = "'2026-01-01'";
    List.of(
            "INSERT INTO operator (id, name, country_code, party_id, currency, hold_minor,"
                + " created_at) VALUES (1, 'Op', 'CN', 'AMP', 'CNY', 5000, %s)",
            "INSERT INTO site (id, operator_id, code, name, address, city, postal_code, country,"
                + " time_zone, published, created_at) VALUES (5, 1, 'S1', 'Site', '1 Road',"
                + " 'Shanghai', '200000', 'CHN', 'Asia/Shanghai', TRUE, %s)",
            "INSERT INTO station (id, operator_id, site_id, identity, name, security_profile,"
                + " registration, created_at) VALUES (10, 1, 5, 'CP1', 'One', 0, 'accepted', %s)")
        .forEach(sql -> database.dsl().execute(sql.formatted(at)));
    database
        .dsl()
        .execute(
            "INSERT INTO evse (id, operator_id, station_id, evse_no, pay_code, current_type,"
                + " phases, max_power_w) VALUES (11, 1, 10, 1, 'P1', 'DC', 3, 400000)");
    database
        .dsl()
        .execute(
            "INSERT INTO connector (id, operator_id, station_id, evse_no, connector_no, standard,"
                + " status) VALUES (12, 1, 10, 1, 1, 'IEC_62196_T2_COMBO', 'Available')");
    database.dsl().selectCount().from(Tables.STATION).fetchSingle();
  }

  static TariffSnapshot snapshot() {
    return TariffSnapshot.of(
        1,
        1,
        TariffJson.read(TariffJson.readTree(TARIFF)),
        ZoneId.of("Asia/Shanghai"),
        RoundingMode.HALF_UP);
  }

  /** The world outside, without threads. */
  static Outside outside(
      Providers providers,
      Map<Long, PaymentMethod> methods,
      boolean inMemory,
      IdSource ids,
      TestTime time,
      SimpleMeterRegistry meters) {
    return new Outside(
        providers,
        new RemoteCalls(RemoteCalls.Settings.DEFAULT, providers, Runnable::run, time, meters),
        new References("test"),
        new Backoff(new Random(5)),
        driver -> methods.getOrDefault(driver, PaymentMethod.WALLET),
        inMemory
            ? PaymentAlarms.inMemory(ids, time, meters)
            : PaymentAlarms.inDatabase(ids, time, meters));
  }

  /** Who pays at a start; all but partners by wallet. */
  static PaymentMethods atStart(Map<Long, PaymentMethod> methods) {
    return driver -> {
      PaymentMethod method = methods.getOrDefault(driver, PaymentMethod.WALLET);
      return RoamingProvider.isPartners(method.via()) ? method : PaymentMethod.WALLET;
    };
  }

  /** A start of which somebody holds the money. */
  static StartHold hold(
      long id, long session, long driver, ProviderKey via, long minor, Instant now) {
    return new StartHold(
        id,
        ByteBuffer.wrap(MoneyWorld.key(session)),
        new StartHold.Owner(MoneyWorld.OPERATOR, MoneyWorld.STATION, driver, driver),
        new StartHold.Backing(via, null, "hold:" + id, ""),
        new Money("CNY", minor),
        0,
        0,
        1,
        HoldState.HELD,
        null,
        null,
        now.plusSeconds(900),
        DriverTerms.NONE,
        now);
  }

  static StationInfo station() {
    return new StationInfo(
        MoneyWorld.STATION,
        MoneyWorld.OPERATOR,
        MoneyWorld.SITE,
        "CP1",
        "CNY",
        5000,
        ZoneId.of("Asia/Shanghai"),
        List.of(new StationInfo.EvseInfo(1, true, 3, 400_000)));
  }
}
