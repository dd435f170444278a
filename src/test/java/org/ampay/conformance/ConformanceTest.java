package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The marks in the tests are right, and {@code docs/conformance.md} is what they say. {@code
 * bin/test --conformance} writes it anew.
 */
class ConformanceTest {

  /** Rows that no test proves and no line argues away. */
  private static final int MOST_OPEN_ROWS = 0;

  /** Scenarios that no test plays. */
  private static final int MOST_OPEN_SCENARIOS = 0;

  private static final int MOST_IDS = 3;

  private static Proofs proofs;
  private static Map<String, String> exceptions;
  private static Map<String, Row> rows;
  private static Map<String, Row> scenarios;

  @BeforeAll
  static void read() {
    proofs = Proofs.scan();
    exceptions = Demands.exceptions();
    rows =
        Stream.concat(Demands.obligations16().stream(), Demands.requirements201().stream())
            .collect(Collectors.toMap(Row::id, row -> row));
    scenarios = Demands.scenarios().stream().collect(Collectors.toMap(Row::id, row -> row));
  }

  @Test
  void files_haveAllTheirRows() {
    assertThat(Demands.obligations16()).hasSize(77);
    assertThat(Demands.requirements201()).hasSize(233);
    assertThat(Demands.scenarios()).hasSize(329);
    assertThat(Demands.scenarios().stream().filter(row -> row.source().equals("1.6"))).hasSize(77);
  }

  @Test
  void marks_nameKnownRows_threeAtMost() {
    List<String> wrong = new ArrayList<>();
    for (Proofs.Test test : proofs.tests()) {
      Set<String> unknown = new HashSet<>(test.proves());
      unknown.removeAll(rows.keySet());
      if (!unknown.isEmpty()) {
        wrong.add(test.name() + " names unknown rows: " + unknown);
      }
      if (test.proves().size() > MOST_IDS) {
        wrong.add(test.name() + " proves more than " + MOST_IDS + " rows");
      }
      if (new HashSet<>(test.proves()).size() < test.proves().size()) {
        wrong.add(test.name() + " names a row twice");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void scenarios_areKnown_andTheirTestsAreNamedAfterThem() {
    List<String> wrong = new ArrayList<>();
    for (Proofs.Test test : proofs.tests()) {
      test.scenario()
          .ifPresent(
              id -> {
                Row row = scenarios.get(id);
                String name = test.method().replace("_", "").toLowerCase(Locale.ROOT);
                if (row == null) {
                  wrong.add(test.name() + " plays an unknown row: " + id);
                } else if (!name.startsWith(row.testPrefix())) {
                  wrong.add(test.name() + " does not begin with " + row.testPrefix());
                }
              });
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void exceptions_areOfKnownRowsWithoutATest() {
    Set<String> known = new HashSet<>(rows.keySet());
    known.addAll(scenarios.keySet());
    assertThat(known).containsAll(exceptions.keySet());
    Set<String> proven = new HashSet<>(proofs.byRow().keySet());
    proven.addAll(proofs.byScenario().keySet());
    proven.retainAll(exceptions.keySet());
    assertThat(proven).as("have a test and an exception").isEmpty();
  }

  @Test
  void bindingRowsAndMandatoryScenarios_haveTheirProof() {
    ConformanceReport report = new ConformanceReport(proofs, exceptions);
    assertThat(report.openRows().size())
        .as("open rows: %s", report.openRows())
        .isLessThanOrEqualTo(MOST_OPEN_ROWS);
    assertThat(report.openScenarios().size())
        .as("open scenarios: %s", report.openScenarios())
        .isLessThanOrEqualTo(MOST_OPEN_SCENARIOS);
  }

  @Test
  void page_isWhatTheMarksSay() throws IOException {
    Path page = Path.of(System.getProperty("ampay.basedir", "."), "docs", "conformance.md");
    String wanted = new ConformanceReport(proofs, exceptions).markdown();
    if (Boolean.getBoolean("conformance.write")) {
      Files.writeString(page, wanted);
    }
    assertThat(page).as("write it anew: bin/test --conformance").exists();
    assertThat(Files.readString(page).equals(wanted))
        .as("docs/conformance.md is old; write it anew: bin/test --conformance")
        .isTrue();
  }
}
