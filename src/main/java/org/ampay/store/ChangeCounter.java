package org.ampay.store;

import static org.ampay.store.tables.Tables.CHANGE_COUNTER;

/**
 * A number that grows in the transaction of every write that running processes keep a picture of:
 * by it they see that others have written.
 */
public final class ChangeCounter {

  private final Database database;
  private final String name;

  /**
   * @param name of its row, at most 30 characters
   */
  public ChangeCounter(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  /** How many writes there were. */
  public long version() {
    Long value =
        database
            .dsl()
            .select(CHANGE_COUNTER.VALUE)
            .from(CHANGE_COUNTER)
            .where(CHANGE_COUNTER.NAME.eq(name))
            .fetchOne(CHANGE_COUNTER.VALUE);
    return value == null ? 0 : value;
  }

  /** Something is written by {@code tx}. */
  public void changed(Tx tx) {
    changed(tx, name);
  }

  /** The same for who only writes. */
  public static void changed(Tx tx, String name) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(CHANGE_COUNTER)
        .set(CHANGE_COUNTER.NAME, name)
        .set(CHANGE_COUNTER.VALUE, 1L)
        .onDuplicateKeyUpdate()
        .set(CHANGE_COUNTER.VALUE, CHANGE_COUNTER.VALUE.plus(1))
        .execute();
  }
}
