package org.ampay.billing.catalog;

import static org.ampay.billing.catalog.CatalogWorld.OPERATOR_A;
import static org.ampay.billing.catalog.CatalogWorld.OPERATOR_B;
import static org.ampay.billing.catalog.CatalogWorld.SITE_A;
import static org.ampay.billing.catalog.CatalogWorld.START;
import static org.ampay.billing.catalog.CatalogWorld.STATION_A;
import static org.ampay.billing.catalog.CatalogWorld.STATION_B;
import static org.ampay.billing.catalog.CatalogWorld.ZONE;
import static org.ampay.billing.catalog.CatalogWorld.tariff;
import static org.ampay.store.tables.Tables.TARIFF_SNAPSHOT;
import static org.ampay.store.tables.Tables.TARIFF_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TariffCatalogTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private CatalogWorld world;
  private TariffCatalog catalog;

  @BeforeEach
  void begin() {
    world = new CatalogWorld(DATABASE);
    catalog = world.catalog;
  }

  private long create(String price) {
    return world.create(price);
  }

  private void assign(long tariffId, TariffLevel level, long target, int priority, Instant from) {
    assertThat(
            catalog.assign(
                OPERATOR_A, tariffId, new NewAssignment(level, target, priority, from), "anna"))
        .isPresent();
  }

  private Optional<Long> resolve(Instant received, Instant started) {
    return resolve(catalog, Optional.empty(), received, started);
  }

  private static Optional<Long> resolve(
      TariffCatalog catalog, Optional<Long> group, Instant received, Instant started) {
    return catalog
        .resolve(new TariffQuery(OPERATOR_A, SITE_A, STATION_A, group, received, started, ZONE))
        .map(TariffSnapshot::tariffId);
  }

  @Test
  void stationWithoutTariff_getsNone() {
    create("1");

    assertThat(resolve(START, START)).isEmpty();
  }

  @Test
  void specificLevel_winsOverGeneral() {
    long operator = create("1");
    long site = create("2");
    long station = create("3");
    long group = create("4");
    assign(station, TariffLevel.STATION, STATION_A, 0, START);
    assign(operator, TariffLevel.OPERATOR, OPERATOR_A, 0, START);
    assertThat(resolve(START, START)).contains(station);

    assign(site, TariffLevel.SITE, SITE_A, 0, START);
    assign(group, TariffLevel.GROUP, 77, 0, START);
    assertThat(resolve(START, START)).contains(station);
    assertThat(resolve(catalog, Optional.of(77L), START, START)).contains(group);
    assertThat(resolve(catalog, Optional.of(78L), START, START)).contains(station);
  }

  @Test
  void explicitPriority_winsOverTheLevel() {
    long operator = create("1");
    long station = create("2");
    assign(station, TariffLevel.STATION, STATION_A, 0, START);
    assign(operator, TariffLevel.OPERATOR, OPERATOR_A, 5, START);

    assertThat(resolve(START, START)).contains(operator);
  }

  @Test
  void platformTariff_holdsWhereNobodyElseSaysSo() {
    long everywhere = catalog.create(0, "Platform", tariff("9"), "root").id();
    catalog.assign(0, everywhere, new NewAssignment(TariffLevel.PLATFORM, 0, 0, START), "root");
    assertThat(resolve(START, START)).contains(everywhere);

    long own = create("1");
    assign(own, TariffLevel.OPERATOR, OPERATOR_A, 0, START);
    assertThat(resolve(START, START)).contains(own);
  }

  @Test
  void laterValidFrom_winsWithinALevel() {
    long old = create("1");
    long next = create("2");
    assign(next, TariffLevel.STATION, STATION_A, 0, START.plusSeconds(3600));
    assign(old, TariffLevel.STATION, STATION_A, 0, START);

    assertThat(resolve(START, START)).contains(old);
    assertThat(resolve(START.plusSeconds(3600), START.plusSeconds(3599))).contains(old);
    assertThat(resolve(START.plusSeconds(3600), START.plusSeconds(3600))).contains(next);
  }

  @Test
  void assignmentIntoThePast_holdsForStartsReceivedAfterwards() {
    long old = create("1");
    assign(old, TariffLevel.OPERATOR, OPERATOR_A, 0, START.minusSeconds(86_400));
    Instant now = START.plusSeconds(600);
    world.time.set(now);
    long next = create("2");
    assign(next, TariffLevel.OPERATOR, OPERATOR_A, 0, START);

    assertThat(resolve(now.minusMillis(1), START)).contains(old);
    assertThat(resolve(now, START)).contains(next);
    assertThat(resolve(now, START.minusMillis(1))).contains(old);
    assertThat(resolve(now, START.minusSeconds(90_000))).isEmpty();
  }

  @Test
  void newVersion_holdsForStartsReceivedAfterwards() {
    long id = create("1");
    assign(id, TariffLevel.STATION, STATION_A, 0, START);
    TariffQuery before =
        new TariffQuery(OPERATOR_A, SITE_A, STATION_A, Optional.empty(), START, START, ZONE);
    Instant now = START.plusSeconds(60);
    world.time.set(now);

    assertThat(catalog.addVersion(OPERATOR_A, id, "Dearer", tariff("2"), "bob"))
        .get()
        .returns(2, StoredTariff::currentVersion)
        .returns("Dearer", StoredTariff::name);

    TariffQuery after =
        new TariffQuery(OPERATOR_A, SITE_A, STATION_A, Optional.empty(), now, START, ZONE);
    assertThat(catalog.resolve(before)).get().returns(1, TariffSnapshot::version);
    assertThat(catalog.resolve(after)).get().returns(2, TariffSnapshot::version);
    assertThat(catalog.resolve(after)).containsSame(catalog.resolve(after).orElseThrow());
    assertThat(catalog.versions(OPERATOR_A, id)).hasSize(2);
    assertThat(catalog.versions(OPERATOR_B, id)).isEmpty();
    assertThat(catalog.current(OPERATOR_A, id, ZONE)).get().returns(2, TariffSnapshot::version);
    assertThat(catalog.current(OPERATOR_B, id, ZONE)).isEmpty();
  }

  @Test
  void tariffOutsideItsValidity_standsBack() {
    long general = create("1");
    assign(general, TariffLevel.OPERATOR, OPERATOR_A, 0, START);
    Tariff ended =
        TariffJson.read(
            TariffJson.readTree(
                TariffJson.write(tariff("2"))
                    .replaceFirst("\\{", "{\"end_date_time\":\"2025-06-03T11:00:00Z\",")));
    long special = catalog.create(OPERATOR_A, "Special", ended, "anna").id();
    assign(special, TariffLevel.STATION, STATION_A, 0, START);

    assertThat(resolve(START, START)).contains(special);
    assertThat(resolve(START, START.plusSeconds(3600))).contains(general);
  }

  @Test
  void unreadableNewestVersion_meansNoTariff() {
    long general = create("1");
    assign(general, TariffLevel.OPERATOR, OPERATOR_A, 0, START);
    long id = create("2");
    assign(id, TariffLevel.STATION, STATION_A, 0, START);
    catalog.addVersion(OPERATOR_A, id, null, tariff("3"), "anna");
    DATABASE
        .dsl()
        .update(TARIFF_VERSION)
        .set(TARIFF_VERSION.BODY, "{}")
        .where(TARIFF_VERSION.TARIFF_ID.eq(id))
        .and(TARIFF_VERSION.VERSION.eq(2))
        .execute();

    TariffCatalog restarted = world.newCatalog();
    restarted.refresh();

    assertThat(resolve(restarted, Optional.empty(), START, START)).isEmpty();
  }

  @Test
  void otherNode_followsWithItsNextRefresh() {
    TariffCatalog other = world.newCatalog();
    other.refresh();
    long id = create("1");
    assign(id, TariffLevel.STATION, STATION_A, 0, START);
    assertThat(resolve(other, Optional.empty(), START, START)).isEmpty();

    other.refresh();

    assertThat(resolve(other, Optional.empty(), START, START)).contains(id);
  }

  @Test
  void foreignThings_areNotTouched() {
    long id = create("1");
    NewAssignment foreign = new NewAssignment(TariffLevel.STATION, STATION_B, 0, START);

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> catalog.assign(OPERATOR_A, id, foreign, "anna"))
        .withMessage("station: there is none with that id");
    assertThat(catalog.assign(OPERATOR_B, id, foreign, "eve")).isEmpty();
    assertThat(catalog.addVersion(OPERATOR_B, id, null, tariff("2"), "eve")).isEmpty();
    assertThat(catalog.find(OPERATOR_B, id)).isEmpty();
    assertThat(catalog.find(null, id)).isPresent();
    assertThat(catalog.list(OPERATOR_B, 0, 10)).isEmpty();
    assertThat(catalog.list(OPERATOR_A, 0, 10)).hasSize(1);
    assertThat(catalog.assignments(OPERATOR_B, id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0000b", "a\nb"})
  void nameThatCannotBeShown_isRefused(String name) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> catalog.create(OPERATOR_A, name, tariff("1"), "anna"))
        .withMessageContaining("name");
  }

  @Test
  void currency_mustFit() {
    long id = catalog.create(OPERATOR_A, "Euro", tariff("EUR", "1"), "anna").id();

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> assign(id, TariffLevel.STATION, STATION_A, 0, START))
        .withMessage("station: is paid in CNY, the tariff is in EUR");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> catalog.addVersion(OPERATOR_A, id, null, tariff("1"), "anna"))
        .withMessage("currency: must stay EUR; make another tariff");
  }

  @Test
  void assignmentText_isReadAndChecked() {
    NewAssignment wish =
        AssignmentJson.one(
                TariffJson.readTree(
                    "{\"station\":\"CP21\",\"valid_from\":\"2025-01-01T00:00:00Z\"}"),
                (level, text) -> Optional.of(STATION_A))
            .wish();
    assertThat(wish)
        .isEqualTo(
            new NewAssignment(
                TariffLevel.STATION, STATION_A, 0, Instant.parse("2025-01-01T00:00:00Z")));

    for (String wrong :
        new String[] {
          "{}",
          "{\"station\":1,\"site\":2}",
          "{\"station\":1,\"valid\":2}",
          "{\"station\":1,\"valid_from\":\"now\"}",
          "{\"station\":1,\"priority\":\"high\"}",
          "{\"station\":[]}"
        }) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(
              () -> AssignmentJson.one(TariffJson.readTree(wrong), (l, t) -> Optional.of(1L)));
    }
  }

  @Test
  void equalSnapshots_areStoredOnce() {
    long id = create("1");
    TariffSnapshot snapshot = catalog.current(OPERATOR_A, id, ZONE).orElseThrow();
    SqlTariffSnapshotStore one =
        new SqlTariffSnapshotStore(DATABASE.transactor(), world.ids, world.time);
    SqlTariffSnapshotStore two =
        new SqlTariffSnapshotStore(DATABASE.transactor(), world.ids, world.time);

    long stored = one.idOf(snapshot);

    assertThat(one.idOf(snapshot)).isEqualTo(stored);
    assertThat(two.idOf(TariffSnapshot.parse(snapshot.toJson()))).isEqualTo(stored);
    assertThat(two.idOf(snapshot.withZone(ZoneId.of("UTC")))).isNotEqualTo(stored);
    assertThat(DATABASE.dsl().fetchCount(TARIFF_SNAPSHOT)).isEqualTo(2);
    SqlTariffSnapshotStore restarted =
        new SqlTariffSnapshotStore(DATABASE.transactor(), world.ids, world.time);
    assertThat(restarted.byId(stored).toJson()).isEqualTo(snapshot.toJson());
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> restarted.byId(5));
  }
}
