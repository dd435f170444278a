package org.ampay.store;

import static org.ampay.store.tables.Tables.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstantBindingTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private TimeZone zone;

  @BeforeEach
  void moveToNewYork() {
    DATABASE.clear();
    zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
  }

  @AfterEach
  void moveBack() {
    TimeZone.setDefault(zone);
  }

  /** The second and third do not exist or exist twice on New York's clocks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T00:00:00.001Z",
        "2026-03-08T02:30:00.500Z",
        "2026-11-01T01:30:00.999Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z"
      })
  void instants_areStoredInUtcWhateverTheZone(String text) {
    Instant instant = Instant.parse(text);
    DATABASE
        .transactor()
        .run(
            tx ->
                new SqlJobStore(new SequentialIds(), new Steps(), new JobSignal())
                    .insert(tx, List.of(new NewJob("bill", 1, instant))));
    assertThat(DATABASE.dsl().fetchSingle("SELECT CAST(due_at AS CHAR) FROM job").get(0))
        .isEqualTo(text.replace("T", " ").replace("Z", text.contains(".") ? "" : ".000"));
    assertThat(DATABASE.dsl().select(JOB.DUE_AT).from(JOB).fetchSingle(JOB.DUE_AT))
        .isEqualTo(instant);
    assertThat(DATABASE.dsl().fetchCount(JOB, JOB.DUE_AT.eq(instant))).isEqualTo(1);
    assertThat(DATABASE.dsl().fetchCount(JOB, JOB.DUE_AT.eq(DSL.inline(instant, JOB.DUE_AT))))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-01T00:00:00.999999999Z"})
  void finerDigits_areCutNotRounded(String text) {
    Instant instant = Instant.parse(text);
    DATABASE
        .dsl()
        .insertInto(
            JOB, JOB.ID, JOB.KIND, JOB.REF, JOB.PAYLOAD, JOB.STATE, JOB.ATTEMPTS, JOB.CREATED_AT)
        .values(1L, "bill", 1L, "", "ready", 0, instant)
        .execute();
    assertThat(DATABASE.dsl().select(JOB.CREATED_AT).from(JOB).fetchSingle(JOB.CREATED_AT))
        .isEqualTo(Instant.parse("2026-01-01T00:00:00.999Z"));
  }
}
