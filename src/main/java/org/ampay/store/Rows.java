package org.ampay.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Writes many rows with one statement: the driver joins the rows of a batch of inserts (a batch of
 * UPDATEs would be one statement a row).
 */
public final class Rows {

  private Rows() {}

  /** Adds rows; each has its values in the order of {@code columns}. */
  public static void insert(
      Tx tx, Table<?> table, List<? extends Field<?>> columns, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      DSLContext dsl = SqlTx.of(tx).dsl();
      execute(dsl.batch(dsl.insertInto(table, columns).values(new Object[columns.size()])), rows);
    }
  }

  /** {@link #insert}, passing over rows of which a unique key is taken. */
  public static void insertMissing(
      Tx tx, Table<?> table, List<? extends Field<?>> columns, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      DSLContext dsl = SqlTx.of(tx).dsl();
      execute(
          dsl.batch(
              dsl.insertInto(table, columns)
                  .values(new Object[columns.size()])
                  .onDuplicateKeyIgnore()),
          rows);
    }
  }

  /**
   * Changes rows that exist: the caller must have locked them, or this would insert them.
   *
   * @param columns all columns that have no default, the primary key among them
   * @param changed those of them that get their new value
   */
  public static void overwrite(
      Tx tx,
      Table<?> table,
      List<? extends Field<?>> columns,
      List<? extends Field<?>> changed,
      List<Object[]> rows) {
    if (!rows.isEmpty()) {
      DSLContext dsl = SqlTx.of(tx).dsl();
      Map<Field<?>, Field<?>> set = new LinkedHashMap<>();
      changed.forEach(f -> set.put(f, DSL.field("VALUES({0})", f.getDataType(), f)));
      execute(
          dsl.batch(
              dsl.insertInto(table, columns)
                  .values(new Object[columns.size()])
                  .onDuplicateKeyUpdate()
                  .set(set)),
          rows);
    }
  }

  private static void execute(BatchBindStep batch, List<Object[]> rows) {
    BatchBindStep bound = batch;
    for (Object[] row : rows) {
      bound = bound.bind(row);
    }
    bound.execute();
  }
}
