package org.ampay.app;

import static org.ampay.store.tables.Tables.ACCOUNT;
import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.CDR;
import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.JOURNAL;
import static org.ampay.store.tables.Tables.METER_READING;
import static org.ampay.store.tables.Tables.POSTING;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.app.ExportSheet.Cell;
import org.ampay.app.ExportSheet.Row;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ampay export} reads: one statement a sheet, streamed in the order of a primary key,
 * so that memory stays constant whatever the size, and all rows are of one instant.
 */
public final class ExportStore {

  /** Connector/J streams rows one by one only at this size. */
  private static final int STREAM = Integer.MIN_VALUE;

  private final Database database;

  public ExportStore(Database database) {
    this.database = database;
  }

  /** Begin and end of the export; null: without. From is inclusive, to exclusive. */
  public record Span(@Nullable Instant from, @Nullable Instant to) {

    private Condition on(TableField<?, Instant> field) {
      Condition condition = org.jooq.impl.DSL.noCondition();
      if (from != null) {
        condition = condition.and(field.ge(from));
      }
      if (to != null) {
        condition = condition.and(field.lt(to));
      }
      return condition;
    }
  }

  /** Sessions by the time of their start, by the stations' clocks. */
  public void sessions(Span span, ExportSheet sheet) {
    Columns columns =
        new Columns()
            .add("session_id", CHARGING_SESSION.ID)
            .add("station", STATION.IDENTITY)
            .add("evse", CHARGING_SESSION.EVSE_NO)
            .add("connector", CHARGING_SESSION.CONNECTOR_NO)
            .add("transaction_id", CHARGING_SESSION.TRANSACTION_ID)
            .add("token", CHARGING_SESSION.TOKEN_UID)
            .add("started_at", CHARGING_SESSION.STARTED_AT)
            .add("stopped_at", CHARGING_SESSION.STOPPED_AT)
            .addThousandths("meter_start_wh", CHARGING_SESSION.METER_START_MWH)
            .addThousandths("meter_stop_wh", CHARGING_SESSION.METER_STOP_MWH)
            .addThousandths("energy_wh", CHARGING_SESSION.ENERGY_MWH)
            .add("state", CHARGING_SESSION.STATE)
            .add("currency", CHARGING_SESSION.CURRENCY)
            .add("total_minor", CHARGING_SESSION.TOTAL_MINOR)
            .add("settlement_state", CHARGING_SESSION.SETTLEMENT_STATE)
            .add("protocol", CHARGING_SESSION.PROTOCOL)
            .add("stop_reason", CHARGING_SESSION.STOP_REASON)
            .add("review_reason", CHARGING_SESSION.REVIEW_REASON);
    columns.stream(
        database
            .dsl()
            .select(columns.fields())
            .from(CHARGING_SESSION)
            .leftJoin(STATION)
            .on(STATION.ID.eq(CHARGING_SESSION.STATION_ID))
            .where(span.on(CHARGING_SESSION.STARTED_AT))
            .orderBy(CHARGING_SESSION.ID),
        sheet);
  }

  /** Readings by their time, by the stations' clocks. */
  public void readings(Span span, ExportSheet sheet) {
    Columns columns =
        new Columns()
            .add("session_id", METER_READING.SESSION_ID)
            .add("station", STATION.IDENTITY)
            .add("transaction_id", CHARGING_SESSION.TRANSACTION_ID)
            .add("at", METER_READING.READ_AT)
            .addThousandths("energy_register_wh", METER_READING.REGISTER_MWH)
            .add("evse", METER_READING.EVSE_NO)
            .addThousandths("power_w", METER_READING.POWER_MW)
            .addThousandths("current_a", METER_READING.CURRENT_MA)
            .addThousandths("voltage_v", METER_READING.VOLTAGE_MV)
            .addThousandths("soc_percent", METER_READING.SOC_MILLI)
            .add("context", METER_READING.CONTEXT)
            .add("received_at", METER_READING.RECEIVED_AT);
    columns.stream(
        database
            .dsl()
            .select(columns.fields())
            .from(METER_READING)
            .leftJoin(STATION)
            .on(STATION.ID.eq(METER_READING.STATION_ID))
            .leftJoin(CHARGING_SESSION)
            .on(CHARGING_SESSION.ID.eq(METER_READING.SESSION_ID))
            .where(span.on(METER_READING.READ_AT))
            .orderBy(METER_READING.SESSION_ID, METER_READING.ID),
        sheet);
  }

  /** CDRs by the time they were made. */
  public void cdrs(Span span, ExportSheet sheet) {
    Columns columns =
        new Columns()
            .add("cdr_id", CDR.ID)
            .add("session_id", CDR.SESSION_ID)
            .add("bill_id", CDR.BILL_ID)
            .add("kind", BILL.KIND)
            .add("currency", BILL.CURRENCY)
            .add("excl_minor", BILL.EXCL_MINOR)
            .add("tax_minor", BILL.TAX_MINOR)
            .add("total_minor", BILL.TOTAL_MINOR)
            .add("created_at", CDR.CREATED_AT)
            .add("body", CDR.BODY);
    columns.stream(
        database
            .dsl()
            .select(columns.fields())
            .from(CDR)
            .leftJoin(BILL)
            .on(BILL.ID.eq(CDR.BILL_ID))
            .where(span.on(CDR.CREATED_AT))
            .orderBy(CDR.ID),
        sheet);
  }

  /** The postings of all journals by the time they were posted. */
  public void ledger(Span span, ExportSheet sheet) {
    Columns columns =
        new Columns()
            .add("journal_id", JOURNAL.ID)
            .add("journal_key", JOURNAL.JOURNAL_KEY)
            .add("kind", JOURNAL.KIND)
            .add("posted_at", JOURNAL.POSTED_AT)
            .add("line", POSTING.LINE_NO)
            .add("account", ACCOUNT.CODE)
            .add("account_kind", ACCOUNT.KIND)
            .add("currency", POSTING.CURRENCY)
            .add("amount_minor", POSTING.AMOUNT_MINOR);
    columns.stream(
        database
            .dsl()
            .select(columns.fields())
            .from(JOURNAL)
            .leftJoin(POSTING)
            .on(POSTING.JOURNAL_ID.eq(JOURNAL.ID))
            .leftJoin(ACCOUNT)
            .on(ACCOUNT.ID.eq(POSTING.ACCOUNT_ID))
            .where(span.on(JOURNAL.POSTED_AT))
            .orderBy(JOURNAL.ID, POSTING.LINE_NO),
        sheet);
  }

  /** The columns of a sheet in order. */
  private static final class Columns {

    private final List<String> names = new ArrayList<>();
    private final List<Field<?>> fields = new ArrayList<>();
    private final List<Boolean> thousandths = new ArrayList<>();

    Columns add(String name, Field<?> field) {
      names.add(name);
      fields.add(field);
      thousandths.add(false);
      return this;
    }

    /** A whole number of thousandths, shown in units. */
    Columns addThousandths(String name, Field<?> field) {
      add(name, field);
      thousandths.set(thousandths.size() - 1, true);
      return this;
    }

    List<Field<?>> fields() {
      return fields;
    }

    void stream(ResultQuery<? extends Record> query, ExportSheet sheet) {
      sheet.begin(names);
      try (Cursor<? extends Record> cursor = query.fetchSize(STREAM).fetchLazy()) {
        for (Record row : cursor) {
          sheet.write(new Row(names, cells(row)));
        }
      }
    }

    private List<Cell> cells(Record row) {
      List<Cell> cells = new ArrayList<>(fields.size());
      for (int i = 0; i < fields.size(); i++) {
        Object value = row.get(i);
        cells.add(thousandths.get(i) ? Cell.thousandths(value) : Cell.of(value));
      }
      return cells;
    }
  }
}
