package org.ampay.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.ampay.app.ExportSheet;
import org.ampay.app.ExportStore;
import org.ampay.app.ExportStore.Span;
import org.ampay.store.Database;
import org.ampay.store.DatabaseSettings;
import org.ampay.store.embedded.EmbeddedSettings.Role;

/** What {@code ampay export} prints, without the cost of a process. */
final class Export implements AutoCloseable {

  private static final Span ALL = new Span(null, null);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final ExportStore store;

  private Export(Database database) {
    this.database = database;
    this.store = new ExportStore(database);
  }

  static Export of(Path data) {
    return new Export(Database.connect(DatabaseSettings.embedded(data, Role.COMMAND)));
  }

  List<JsonNode> sessions() {
    return rows(store::sessions);
  }

  List<JsonNode> readings() {
    return rows(store::readings);
  }

  List<JsonNode> cdrs() {
    return rows(store::cdrs);
  }

  List<JsonNode> ledger() {
    return rows(store::ledger);
  }

  /** Debits less credits of an account. */
  long balance(String account) {
    return ledger().stream()
        .filter(row -> row.path("account").asText().equals(account))
        .mapToLong(row -> row.path("amount_minor").asLong())
        .sum();
  }

  private static List<JsonNode> rows(BiConsumer<Span, ExportSheet> sheet) {
    StringWriter text = new StringWriter();
    sheet.accept(ALL, ExportSheet.jsonLines(text));
    List<JsonNode> rows = new ArrayList<>();
    for (String line : text.toString().split("\n")) {
      if (!line.isBlank()) {
        rows.add(parse(line));
      }
    }
    return rows;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
