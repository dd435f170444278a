package org.ampay.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code docs/conformance.md}: every row of the files of demands, with its proof. */
final class ConformanceReport {

  private final Map<String, List<String>> proofs;
  private final Map<String, List<String>> scenarios;
  private final Map<String, String> exceptions;
  private final StringBuilder text = new StringBuilder();

  ConformanceReport(Proofs proofs, Map<String, String> exceptions) {
    this.proofs = proofs.byRow();
    this.scenarios = proofs.byScenario();
    this.exceptions = exceptions;
  }

  /** Binding rows that have neither test nor exception. */
  List<String> openRows() {
    List<Row> rows = new ArrayList<>(Demands.obligations16());
    rows.addAll(Demands.requirements201());
    return open(rows, proofs, Row::isBinding);
  }

  /** Scenarios that must be played and are not. */
  List<String> openScenarios() {
    return open(Demands.scenarios(), scenarios, Row::isMandatoryScenario);
  }

  private List<String> open(
      List<Row> rows, Map<String, List<String>> proven, Predicate<Row> wanted) {
    return rows.stream()
        .filter(wanted)
        .map(Row::id)
        .filter(id -> !proven.containsKey(id) && !exceptions.containsKey(id))
        .toList();
  }

  String markdown() {
    line("# Conformance");
    line("");
    line(
        "What OCPP demands of a central system, row by row, and the tests that prove it. Made"
            + " from");
    line(
        "the marks `@Proves` and `@Scenario` in the tests by `bin/test --conformance`; a test"
            + " keeps");
    line("this page as it would be made. The rows are our own summaries, not the standard's text.");
    line("");
    line("| | rows | proven | argued away | open |");
    line("|---|---:|---:|---:|---:|");
    List<Row> old = Demands.obligations16();
    List<Row> now = Demands.requirements201();
    count("OCPP 1.6, SHALL and MUST", old, proofs, Row::isBinding);
    count("OCPP 1.6, the other rows", old, proofs, row -> !row.isBinding());
    count("OCPP 2.0.1, SHALL and MUST", now, proofs, Row::isBinding);
    count("OCPP 2.0.1, the other rows", now, proofs, row -> !row.isBinding());
    List<Row> all = Demands.scenarios();
    List<Row> all16 = all.stream().filter(row -> row.source().equals("1.6")).toList();
    List<Row> all201 = all.stream().filter(row -> !row.source().equals("1.6")).toList();
    count("Scenarios of 1.6", all16, scenarios, row -> true);
    count("Scenarios of 2.0.1, mandatory", all201, scenarios, Row::isMandatoryScenario);
    count("Scenarios of 2.0.1, the others", all201, scenarios, row -> !row.isMandatoryScenario());
    table("OCPP 1.6 and its security extension", "level", old, proofs);
    table("OCPP 2.0.1", "level", now, proofs);
    table("Scenarios of OCPP 1.6", "profile", all16, scenarios);
    table("Scenarios of OCPP 2.0.1", "profile", all201, scenarios);
    return text.toString();
  }

  private void count(
      String name, List<Row> rows, Map<String, List<String>> proven, Predicate<Row> of) {
    List<Row> counted = rows.stream().filter(of).toList();
    long tested = counted.stream().filter(row -> proven.containsKey(row.id())).count();
    long open = open(counted, proven, row -> true).size();
    line(
        "| %s | %d | %d | %d | %d |"
            .formatted(name, counted.size(), tested, counted.size() - tested - open, open));
  }

  private void table(String title, String level, List<Row> rows, Map<String, List<String>> proven) {
    line("");
    line("## " + title);
    line("| row | " + level + " | demand | proof |");
    line("|---|---|---|---|");
    for (Row row : rows) {
      String demand = row.section().isEmpty() ? row.text() : row.section() + ": " + row.text();
      line(
          "| %s | %s | %s | %s |"
              .formatted(row.id(), row.level(), cell(demand), proof(row.id(), proven)));
    }
  }

  private String proof(String id, Map<String, List<String>> proven) {
    if (proven.containsKey(id)) {
      return "`" + String.join("`, `", proven.get(id)) + "`";
    }
    String exception = exceptions.get(id);
    return exception == null ? "**open**" : "none: " + cell(exception);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
