package org.ampay.billing.catalog;

import static org.ampay.billing.catalog.CatalogWorld.ANNA;
import static org.ampay.billing.catalog.CatalogWorld.BOB;
import static org.ampay.billing.catalog.CatalogWorld.OPERATOR_A;
import static org.ampay.billing.catalog.CatalogWorld.OPERATOR_B;
import static org.ampay.billing.catalog.CatalogWorld.START;
import static org.ampay.billing.catalog.CatalogWorld.STATION_A;
import static org.ampay.billing.catalog.CatalogWorld.calendar;
import static org.ampay.billing.catalog.CatalogWorld.parse;
import static org.ampay.billing.catalog.CatalogWorld.tariff;
import static org.ampay.billing.catalog.CatalogWorld.tiered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ampay.billing.catalog.Approvals.Outcome;
import org.ampay.billing.catalog.Approvals.Ruling;
import org.ampay.billing.catalog.Approvals.Subject;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which version a session gets, and that nothing holds before a second person agreed. */
class VersionsAndApprovalTest {

  private static final Instant LATER = START.plusSeconds(86_400);
  private static final Ruling YES = new Ruling(true, "fine");
  private static final Ruling NO = new Ruling(false, "too dear");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private CatalogWorld world;
  private TariffCatalog catalog;

  @BeforeEach
  void begin() {
    world = new CatalogWorld(DATABASE);
    catalog = world.catalog;
  }

  private List<String> states(long tariff) {
    return catalog.versions(OPERATOR_A, tariff).stream()
        .map(v -> v.version() + " " + catalog.versions().state(v).code())
        .toList();
  }

  @Test
  void plannedVersion_holdsForSessionsThatBeginFromThenOn() {
    long id = world.create("1");
    world.assign(id, TariffLevel.STATION, STATION_A);
    world.add(id, "2", LATER);
    assertThat(states(id)).containsExactly("1 in_force", "2 planned");
    assertThat(world.at(LATER.minusMillis(1))).isEqualTo(id + " v1");
    assertThat(world.at(LATER)).isEqualTo(id + " v2");
    assertThat(catalog.current(OPERATOR_A, id, CatalogWorld.ZONE))
        .get()
        .returns(1, TariffSnapshot::version);

    world.add(id, "3", null);
    assertThat(states(id)).containsExactly("1 replaced", "2 planned", "3 in_force");
    world.time.set(LATER);
    assertThat(world.now()).isEqualTo(id + " v2");
    assertThat(states(id)).containsExactly("1 replaced", "2 in_force", "3 replaced");

    world.time.advance(Duration.ofSeconds(1));
    world.add(id, "4", null);
    assertThat(world.now()).isEqualTo(id + " v4");
    assertThat(world.at(LATER)).isEqualTo(id + " v2");
  }

  @Test
  void planThatIsReplacedByAnother_neverHolds() {
    long id = world.create("1");
    world.add(id, "2", LATER);
    world.add(id, "3", LATER);
    assertThat(states(id)).containsExactly("1 in_force", "2 replaced", "3 planned");
  }

  @Test
  void startReportedLate_getsWhatHeldThen_orWhatHoldsAtOnce() {
    long id = world.create("1");
    world.assign(id, TariffLevel.STATION, STATION_A);
    world.time.advance(Duration.ofHours(2));
    Instant between = START.plusSeconds(3600);
    world.add(id, "2", world.time.now());
    Instant now = world.time.now();
    assertThat(CatalogWorld.name(catalog.resolve(world.query(now, between)))).isEqualTo(id + " v1");

    world.add(id, "3", null);
    assertThat(CatalogWorld.name(catalog.resolve(world.query(now, between)))).isEqualTo(id + " v3");
    assertThat(CatalogWorld.name(catalog.resolve(world.query(now.minusMillis(1), between))))
        .isEqualTo(id + " v1");
  }

  @Test
  void firstVersionOfTheFuture_standsBackUntilThen() {
    long general = world.create("1");
    world.assign(general, TariffLevel.OPERATOR, OPERATOR_A);
    long special =
        catalog
            .versions()
            .create(
                OPERATOR_A, new NewVersion("Next year", tariff("9"), LATER), ANNA, (tx, w) -> {})
            .tariff()
            .id();
    world.assign(special, TariffLevel.STATION, STATION_A);
    assertThat(world.now()).isEqualTo(general + " v1");
    assertThat(catalog.explain(world.queryNow()).candidates())
        .extracting(Candidate::reason)
        .containsExactly(Reason.NOT_YET_VALID, Reason.WINS);
    assertThat(world.at(LATER)).isEqualTo(special + " v1");
  }

  @Test
  void stepOfNought_isRefusedWithItsPath() {
    var wrong =
        parse(
            """
            {"currency":"CNY","elements":[{"price_components":[
              {"type":"FLAT","price":1,"step_size":0},
              {"type":"ENERGY","price":1,"step_size":0}]}]}
            """);
    long id = world.create("1");
    String message = "elements[0].price_components[1].step_size: must be at least 1";
    assertThatThrownBy(() -> catalog.create(OPERATOR_A, "Zero", wrong, "anna"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> catalog.addVersion(OPERATOR_A, id, null, wrong, "anna"))
        .hasMessage(message);
    assertThat(catalog.find(OPERATOR_A, id).orElseThrow().currentVersion()).isEqualTo(1);
  }

  @Test
  void proposedVersion_holdsOnlyAfterAnotherPersonAgreed() {
    long id = world.create("1");
    world.assign(id, TariffLevel.STATION, STATION_A);
    catalog.approvals().setNeeded(OPERATOR_A, true, ANNA, tx -> {});
    assertThat(catalog.approvals().areNeeded(OPERATOR_A)).isTrue();
    assertThat(catalog.approvals().areNeeded(OPERATOR_B)).isFalse();
    world.add(id, "2", null);
    assertThat(states(id)).containsExactly("1 in_force", "2 proposed");
    Subject second = Subject.tariff(id, 2);

    Author annasKey = new Author("key:ampay_abcdef", ANNA.person());
    assertThat(decide(second, YES, ANNA)).isInstanceOf(Outcome.OwnWork.class);
    assertThat(decide(second, YES, annasKey)).isInstanceOf(Outcome.OwnWork.class);
    assertThat(decide(second, NO, ANNA)).isInstanceOf(Outcome.OwnWork.class);
    assertThat(catalog.approvals().decide(OPERATOR_B, List.of(second), YES, BOB, (tx, p) -> {}))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(decide(Subject.tariff(id, 3), YES, BOB)).isInstanceOf(Outcome.Unknown.class);
    assertThat(decide(Subject.tariff(id, 1), YES, BOB)).isInstanceOf(Outcome.NotOpen.class);
    assertThat(world.now()).isEqualTo(id + " v1");
    world.time.advance(Duration.ofMinutes(10));
    Instant beforeApproval = world.time.now().minusMillis(1);

    assertThat(catalog.approvals().open(OPERATOR_A))
        .singleElement()
        .returns(second, Approvals.Proposal::subject)
        .returns(ANNA, Approvals.Proposal::author);
    assertThat(decide(second, YES, BOB)).isInstanceOf(Outcome.Done.class);
    assertThat(decide(second, NO, BOB)).isInstanceOf(Outcome.NotOpen.class);
    assertThat(world.now()).isEqualTo(id + " v2");
    assertThat(world.at(beforeApproval)).isEqualTo(id + " v1");
    assertThat(catalog.approvals().open(OPERATOR_A)).isEmpty();
    assertThat(catalog.versions(OPERATOR_A, id).getLast().made().approval().decision())
        .isEqualTo(new Approval.Decision(true, BOB.actor(), world.time.now(), "fine"));

    TariffCatalog other = world.newCatalog();
    other.refresh();
    assertThat(CatalogWorld.name(other.resolve(world.queryNow()))).isEqualTo(id + " v2");
  }

  private Outcome decide(Subject subject, Ruling ruling, Author author) {
    return catalog
        .approvals()
        .decide(OPERATOR_A, List.of(subject), ruling, author, (tx, proposal) -> {});
  }

  @Test
  void otherNode_seesAnApprovalWithItsNextRefresh() {
    long id = world.create("1");
    world.assign(id, TariffLevel.STATION, STATION_A);
    catalog.approvals().setNeeded(OPERATOR_A, true, ANNA, tx -> {});
    world.add(id, "2", null);
    TariffCatalog other = world.newCatalog();
    other.refresh();
    decide(Subject.tariff(id, 2), YES, BOB);
    assertThat(CatalogWorld.name(other.resolve(world.queryNow()))).isEqualTo(id + " v1");

    other.refresh();

    assertThat(CatalogWorld.name(other.resolve(world.queryNow()))).isEqualTo(id + " v2");
  }

  @Test
  void otherNode_followsAssignmentsEndsAndTheirApproval() {
    long id = world.create("1");
    TariffCatalog other = world.newCatalog();
    other.refresh();
    Assignment made = world.assign(id, TariffLevel.STATION, STATION_A);
    other.refresh();
    assertThat(CatalogWorld.name(other.resolve(world.queryNow()))).isEqualTo(id + " v1");
    world.add(id, "2", null);
    other.refresh();
    assertThat(CatalogWorld.name(other.resolve(world.queryNow()))).isEqualTo(id + " v2");
    catalog.approvals().setNeeded(OPERATOR_A, true, ANNA, tx -> {});
    Assignment ended = end(made, ANNA);
    other.refresh();
    assertThat(CatalogWorld.name(other.resolve(world.queryNow()))).isEqualTo(id + " v2");
    decide(Subject.ending(ended.endings().getLast().id()), YES, BOB);
    other.refresh();
    assertThat(CatalogWorld.name(other.resolve(world.queryNow()))).isEqualTo("none");
  }

  @Test
  void rejectedVersion_neverHolds() {
    long id = world.create("1");
    world.assign(id, TariffLevel.STATION, STATION_A);
    catalog.approvals().setNeeded(OPERATOR_A, true, ANNA, tx -> {});
    world.add(id, "2", null);
    assertThat(decide(Subject.tariff(id, 2), NO, BOB)).isInstanceOf(Outcome.Done.class);
    assertThat(states(id)).containsExactly("1 in_force", "2 rejected");
    assertThat(world.now()).isEqualTo(id + " v1");
  }

  @Test
  void proposedAssignmentAndEnd_holdOnlyAfterAnotherPersonAgreed() {
    long id = world.create("1");
    catalog.approvals().setNeeded(OPERATOR_A, true, ANNA, tx -> {});
    Assignment made = world.assign(id, TariffLevel.STATION, STATION_A);
    assertThat(world.now()).isEqualTo("none");
    assertThat(catalog.explain(world.queryNow()).candidates())
        .extracting(Candidate::reason)
        .containsExactly(Reason.NOT_APPROVED);
    assertThatThrownBy(() -> end(made, ANNA)).hasMessageContaining("is not approved");

    world.time.advance(Duration.ofMinutes(1));
    decide(Subject.assignment(made.id()), YES, BOB);
    assertThat(world.now()).isEqualTo(id + " v1");
    assertThat(CatalogWorld.name(catalog.resolve(world.query(START, START)))).isEqualTo("none");

    Assignment ended = end(made, BOB);
    assertThatThrownBy(() -> end(made, BOB)).hasMessageContaining("waits for approval");
    assertThat(world.now()).isEqualTo(id + " v1");
    Subject ending = Subject.ending(ended.proposedEnding().orElseThrow().id());
    assertThat(decide(ending, YES, BOB)).isInstanceOf(Outcome.OwnWork.class);
    assertThat(decide(ending, YES, ANNA)).isInstanceOf(Outcome.Done.class);
    assertThat(world.now()).isEqualTo("none");
    assertThat(catalog.explain(world.queryNow()).candidates())
        .extracting(Candidate::reason)
        .containsExactly(Reason.ENDED);
  }

  private Assignment end(Assignment assignment, Author author) {
    return catalog
        .assignments()
        .end(OPERATOR_A, assignment.tariffId(), assignment.id(), null, author, (tx, a) -> {})
        .orElseThrow();
  }

  @Test
  void decisionsAboutMany_areAllOrNone() {
    long id = world.create("1");
    catalog.approvals().setNeeded(OPERATOR_A, true, ANNA, tx -> {});
    Assignment byAnna = world.assign(id, TariffLevel.STATION, STATION_A);
    Assignment byBob =
        world.assign(id, new NewAssignment(TariffLevel.OPERATOR, OPERATOR_A, 0, START), BOB);
    List<Subject> both = List.of(Subject.assignment(byAnna.id()), Subject.assignment(byBob.id()));

    assertThat(catalog.approvals().decide(OPERATOR_A, both, YES, BOB, (tx, p) -> {}))
        .isEqualTo(new Outcome.OwnWork(both.getLast()));
    assertThat(world.now()).isEqualTo("none");
    Author carl = Author.of("user:carl@a.example");
    assertThatThrownBy(
            () ->
                catalog
                    .approvals()
                    .decide(
                        OPERATOR_A,
                        both,
                        YES,
                        carl,
                        (tx, p) -> {
                          if (p.subject().equals(both.getLast())) {
                            throw new IllegalStateException("no audit");
                          }
                        }))
        .hasMessage("no audit");
    assertThat(catalog.approvals().open(OPERATOR_A)).hasSize(2);
    assertThat(catalog.approvals().decide(OPERATOR_A, both, YES, carl, (tx, p) -> {}))
        .isInstanceOf(Outcome.Done.class);
    assertThat(world.now()).isEqualTo(id + " v1");
  }

  @Test
  void manyPersonsAtOnce_decideOnce() throws Exception {
    long id = world.create("1");
    catalog.approvals().setNeeded(OPERATOR_A, true, ANNA, tx -> {});
    world.add(id, "2", null);
    List<Callable<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Author person = Author.of("user:p" + i + "@a.example");
      Ruling ruling = i % 2 == 0 ? YES : NO;
      calls.add(() -> decide(Subject.tariff(id, 2), ruling, person));
    }
    int done = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Outcome> outcome : threads.invokeAll(calls)) {
        assertThat(outcome.get()).isInstanceOfAny(Outcome.Done.class, Outcome.NotOpen.class);
        done += outcome.get() instanceof Outcome.Done ? 1 : 0;
      }
    }
    assertThat(done).isEqualTo(1);
  }

  @Test
  void calendar_isSharedVersionedAndFrozen() {
    long calendar =
        catalog
            .calendars()
            .create(OPERATOR_A, calendar("浙江", "08:00"), ANNA, (tx, w) -> {})
            .calendar()
            .id();
    long one = catalog.create(OPERATOR_A, "One", tiered(calendar), "anna").id();
    long two = catalog.create(OPERATOR_A, "Two", tiered(calendar), "anna").id();
    world.assign(one, TariffLevel.STATION, STATION_A);
    TariffSnapshot before = catalog.resolve(world.queryNow()).orElseThrow();
    assertThat(before.toJson()).contains("\"08:00\"").doesNotContain("calendar_id");
    assertThat(catalog.calendars().usedBy(OPERATOR_A, calendar))
        .extracting(StoredTariff::id)
        .containsExactly(one, two);
    assertThat(catalog.calendars().usedBy(OPERATOR_B, calendar)).isEmpty();

    world.time.advance(Duration.ofMinutes(1));
    addCalendar(calendar, "09:30", null);
    TariffSnapshot after = catalog.resolve(world.queryNow()).orElseThrow();
    assertThat(after.version()).isEqualTo(before.version());
    assertThat(after.toJson()).contains("\"09:30\"").doesNotContain("\"08:00\"");
    assertThat(catalog.resolve(world.query(START, START))).contains(before);
    addCalendar(calendar, "10:00", LATER);
    assertThat(catalog.resolve(world.queryNow())).contains(after);
    assertThat(catalog.resolve(world.query(LATER, LATER)).orElseThrow().toJson())
        .contains("\"10:00\"");
    assertThat(catalog.calendars().versions(OPERATOR_A, calendar))
        .extracting(v -> catalog.calendars().state(v))
        .containsExactly(VersionState.REPLACED, VersionState.IN_FORCE, VersionState.PLANNED);
    assertThat(catalog.explain(world.queryNow()).winner().orElseThrow().calendar())
        .isNotNull()
        .returns(2, CalendarVersion::version);
  }

  private void addCalendar(long calendar, String peakFrom, Instant validFrom) {
    assertThat(
            catalog
                .calendars()
                .addVersion(
                    OPERATOR_A, calendar, calendar("浙江", peakFrom), validFrom, ANNA, (tx, w) -> {}))
        .isPresent();
  }

  @Test
  void calendarOfOthers_unknownOrUnapproved_isRefused() {
    long foreign =
        catalog
            .calendars()
            .create(OPERATOR_B, calendar("B", "08:00"), BOB, (tx, w) -> {})
            .calendar()
            .id();
    long platform =
        catalog.calendars().create(0, calendar("国网", "08:00"), BOB, (tx, w) -> {}).calendar().id();
    catalog.approvals().setNeeded(OPERATOR_A, true, ANNA, tx -> {});
    long proposed =
        catalog
            .calendars()
            .create(OPERATOR_A, calendar("A", "08:00"), ANNA, (tx, w) -> {})
            .calendar()
            .id();
    for (long wrong : new long[] {foreign, 999_999}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> catalog.create(OPERATOR_A, "X", tiered(wrong), "anna"))
          .withMessage("calendar_id: there is no such calendar");
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> catalog.create(OPERATOR_A, "X", tiered(proposed), "anna"))
        .withMessage("calendar_id: the calendar is not approved");
    assertThat(catalog.create(OPERATOR_A, "X", tiered(platform), "anna").id()).isPositive();
    assertThat(
            catalog
                .calendars()
                .addVersion(
                    OPERATOR_A, platform, calendar("mine", "01:00"), null, ANNA, (tx, w) -> {}))
        .isEmpty();
    assertThat(catalog.calendars().list(OPERATOR_A, 0, 10))
        .extracting(StoredCalendar::id)
        .containsExactly(platform, proposed);

    assertThat(decide(Subject.calendar(proposed, 1), YES, BOB)).isInstanceOf(Outcome.Done.class);
    assertThat(catalog.create(OPERATOR_A, "Y", tiered(proposed), "anna").id()).isPositive();
  }

  @Test
  void calendarOfAnotherNode_isKnownAtOnce() {
    TariffCatalog other = world.newCatalog();
    other.refresh();
    long calendar =
        catalog
            .calendars()
            .create(OPERATOR_A, calendar("浙江", "08:00"), ANNA, (tx, w) -> {})
            .calendar()
            .id();
    assertThat(other.create(OPERATOR_A, "One", tiered(calendar), "anna").id()).isPositive();
  }
}
