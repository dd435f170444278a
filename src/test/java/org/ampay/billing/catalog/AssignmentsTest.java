package org.ampay.billing.catalog;

import static org.ampay.billing.catalog.CatalogWorld.ANNA;
import static org.ampay.billing.catalog.CatalogWorld.DRIVER_A;
import static org.ampay.billing.catalog.CatalogWorld.DRIVER_B;
import static org.ampay.billing.catalog.CatalogWorld.OPERATOR_A;
import static org.ampay.billing.catalog.CatalogWorld.SITE_A;
import static org.ampay.billing.catalog.CatalogWorld.START;
import static org.ampay.billing.catalog.CatalogWorld.STATION_A;
import static org.ampay.billing.catalog.CatalogWorld.STATION_B;
import static org.ampay.billing.catalog.CatalogWorld.tariff;
import static org.ampay.store.tables.Tables.TARIFF_ASSIGNMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.billing.catalog.AssignmentJson.Placed;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where tariffs hold, until when, and for whom. */
class AssignmentsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private CatalogWorld world;
  private TariffCatalog catalog;

  @BeforeEach
  void begin() {
    world = new CatalogWorld(DATABASE);
    catalog = world.catalog;
  }

  private List<Reason> reasons(TariffQuery query) {
    return catalog.explain(query).candidates().stream().map(Candidate::reason).toList();
  }

  @Test
  void wholesaleTariff_holdsForItsPartnersSessionsOnly_andIsFrozenLikeAnyOther() {
    long retail = world.create("3");
    long wholesale = world.create("2");
    long partner = world.partner(41, OPERATOR_A);
    long foreign = world.partner(42, CatalogWorld.OPERATOR_B);
    world.assign(retail, TariffLevel.STATION, STATION_A);
    TariffQuery plain = world.queryNow();
    TariffQuery roaming = plain.with(Optional.of(partner), "CNY");
    assertThat(CatalogWorld.name(catalog.resolve(roaming))).isEqualTo(retail + " v1");
    world.assign(wholesale, TariffLevel.PARTNER, partner);
    assertThat(CatalogWorld.name(catalog.resolve(roaming))).isEqualTo(wholesale + " v1");
    assertThat(CatalogWorld.name(catalog.resolve(plain))).isEqualTo(retail + " v1");
    assertThat(CatalogWorld.name(catalog.resolve(plain.with(Optional.of(DRIVER_A), "CNY"))))
        .isEqualTo(retail + " v1");
    assertThat(reasons(roaming)).containsExactly(Reason.WINS, Reason.LESS_SPECIFIC);
    assertThatThrownBy(() -> world.assign(wholesale, TariffLevel.PARTNER, foreign))
        .hasMessage("partner: there is none with that id");
    assertThatThrownBy(() -> world.assign(wholesale, TariffLevel.PARTNER, DRIVER_A))
        .hasMessage("partner: there is none with that id");
  }

  @Test
  void contractWithADriver_winsOverGroupAndStation_unlessPriorityIsHigher() {
    long driver = world.create("1");
    long group = world.create("2");
    long station = world.create("3");
    world.assign(driver, TariffLevel.DRIVER, DRIVER_A);
    world.assign(group, TariffLevel.GROUP, 77);
    world.assign(station, TariffLevel.STATION, STATION_A);
    TariffQuery plain = world.queryNow();
    TariffQuery member =
        new TariffQuery(
            plain.operatorId(),
            plain.siteId(),
            plain.stationId(),
            Optional.of(77L),
            plain.receivedAt(),
            plain.startAt(),
            plain.zone());
    TariffQuery his = member.with(Optional.of(DRIVER_A), "CNY");
    assertThat(CatalogWorld.name(catalog.resolve(plain))).isEqualTo(station + " v1");
    assertThat(CatalogWorld.name(catalog.resolve(member))).isEqualTo(group + " v1");
    assertThat(CatalogWorld.name(catalog.resolve(his))).isEqualTo(driver + " v1");
    assertThat(reasons(his))
        .containsExactly(Reason.WINS, Reason.LESS_SPECIFIC, Reason.LESS_SPECIFIC);

    world.assign(group, new NewAssignment(TariffLevel.SITE, SITE_A, 1, START), ANNA);
    assertThat(CatalogWorld.name(catalog.resolve(his))).isEqualTo(group + " v1");
    assertThat(reasons(his))
        .containsExactly(
            Reason.WINS, Reason.LOWER_PRIORITY, Reason.LOWER_PRIORITY, Reason.LOWER_PRIORITY);
    assertThatThrownBy(() -> world.assign(driver, TariffLevel.DRIVER, DRIVER_B))
        .hasMessage("driver: there is none with that id");
  }

  @Test
  void validTo_isExclusive_andTheOneBeforeHoldsAgain() {
    long always = world.create("1");
    long month = world.create("2");
    world.assign(always, TariffLevel.STATION, STATION_A);
    Instant end = START.plusSeconds(3600);
    world.assign(month, new NewAssignment(TariffLevel.STATION, STATION_A, 0, START, end), ANNA);
    assertThat(world.at(end.minusMillis(1))).isEqualTo(month + " v1");
    assertThat(world.at(end)).isEqualTo(always + " v1");
    assertThat(reasons(world.query(end, end))).containsExactly(Reason.NO_LONGER_VALID, Reason.WINS);
    assertThat(reasons(world.query(START, START.minusSeconds(1))))
        .containsExactly(Reason.NOT_YET_VALID, Reason.WINS);
    assertThat(reasons(world.query(START.minusSeconds(1), START)))
        .containsOnly(Reason.NOT_YET_RECEIVED);
    assertThatThrownBy(() -> new NewAssignment(TariffLevel.STATION, STATION_A, 0, START, START))
        .hasMessage("valid_to: must be after valid_from");
    assertThatThrownBy(
            () ->
                world.assign(
                    month, new NewAssignment(TariffLevel.STATION, 1, 0, null, START), ANNA))
        .hasMessage("station: there is none with that id");
    assertThatThrownBy(
            () ->
                world.assign(
                    month, new NewAssignment(TariffLevel.STATION, STATION_A, 0, null, START), ANNA))
        .hasMessage("valid_to: must be after valid_from");
  }

  @Test
  void end_isANewFact_andNeverChangesThePast() {
    long id = world.create("1");
    Assignment made = world.assign(id, TariffLevel.STATION, STATION_A);
    world.time.advance(Duration.ofHours(1));
    Instant ended = world.time.now();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> end(id, made, ended.minusMillis(1)))
        .withMessage("at: must not lie in the past");
    Assignment after = end(id, made, null).orElseThrow();

    assertThat(after.endsAt()).contains(ended);
    assertThat(world.now()).isEqualTo("none");
    assertThat(world.at(ended.minusMillis(1))).isEqualTo(id + " v1");
    assertThat(CatalogWorld.name(catalog.resolve(world.query(ended, ended.minusMillis(1)))))
        .isEqualTo(id + " v1");
    assertThat(reasons(world.queryNow())).containsExactly(Reason.ENDED);
    assertThat(catalog.assignments(OPERATOR_A, id)).containsExactly(after);
    assertThatThrownBy(() -> end(id, made, ended.plusSeconds(9)))
        .hasMessageContaining("ends before that already");
    assertThat(catalog.assignments().end(2L, id, made.id(), null, ANNA, (tx, a) -> {})).isEmpty();
    assertThat(catalog.assignments().end(OPERATOR_A, 5, made.id(), null, ANNA, (tx, a) -> {}))
        .isEmpty();
  }

  private Optional<Assignment> end(long tariff, Assignment assignment, Instant at) {
    return catalog.assignments().end(OPERATOR_A, tariff, assignment.id(), at, ANNA, (tx, a) -> {});
  }

  @Test
  void plannedEnd_canBeMadeEarlier() {
    long id = world.create("1");
    Assignment made = world.assign(id, TariffLevel.STATION, STATION_A);
    Instant far = START.plusSeconds(7200);
    Instant near = START.plusSeconds(3600);
    end(id, made, far);
    assertThat(end(id, made, near).orElseThrow().endsAt()).contains(near);
    assertThat(world.at(near.minusMillis(1))).isEqualTo(id + " v1");
    assertThat(world.at(near)).isEqualTo("none");
  }

  @Test
  void thousandTargets_areAssignedTogether_orNotAtAll() {
    long id = world.create("1");
    List<Placed> all = new ArrayList<>();
    for (int i = 0; i < 999; i++) {
      world.station(10_000 + i, OPERATOR_A, SITE_A);
      all.add(
          new Placed(
              "stations[" + i + "]",
              "CP" + (10_000 + i),
              new NewAssignment(TariffLevel.STATION, 10_000 + i, 0, START)));
    }
    List<Placed> withForeign = new ArrayList<>(all);
    withForeign.add(
        new Placed(
            "stations[999]", "CP22", new NewAssignment(TariffLevel.STATION, STATION_B, 0, START)));
    assertThatThrownBy(() -> assignAll(id, withForeign))
        .hasMessage("stations[999]: there is none with that id");
    assertThat(DATABASE.dsl().fetchCount(TARIFF_ASSIGNMENT)).isZero();

    all.add(new Placed("sites[0]", "S11", new NewAssignment(TariffLevel.SITE, SITE_A, 0, START)));
    List<Assignment> made = assignAll(id, all);
    assertThat(made).hasSize(1_000);
    assertThat(made.getLast().level()).isEqualTo(TariffLevel.SITE);
    assertThat(DATABASE.dsl().fetchCount(TARIFF_ASSIGNMENT)).isEqualTo(1_000);
    assertThat(catalog.assignments(OPERATOR_A, id)).hasSize(1_000).containsAll(made);
  }

  private List<Assignment> assignAll(long id, List<Placed> all) {
    return catalog.assignments().assign(OPERATOR_A, id, all, ANNA, (tx, made) -> {}).orElseThrow();
  }

  @Test
  void platformTariff_standsBackWhereAnotherCurrencyIsPaid() {
    long everywhere = catalog.create(0, "Platform", tariff("EUR", "9"), "root").id();
    catalog.assign(0, everywhere, new NewAssignment(TariffLevel.PLATFORM, 0, 5, START), "root");
    long own = world.create("1");
    world.assign(own, TariffLevel.OPERATOR, OPERATOR_A);
    TariffQuery here = world.queryNow().with(Optional.empty(), "CNY");
    assertThat(CatalogWorld.name(catalog.resolve(here))).isEqualTo(own + " v1");
    assertThat(reasons(here)).containsExactly(Reason.OTHER_CURRENCY, Reason.WINS);
    assertThat(CatalogWorld.name(catalog.resolve(world.queryNow().with(Optional.empty(), "EUR"))))
        .isEqualTo(everywhere + " v1");
    assertThatThrownBy(() -> world.assign(own, TariffLevel.PLATFORM, 0))
        .hasMessageContaining("only the platform's tariffs");
  }
}
