package org.ampay.app.check;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Runs checks in the database. */
final class CheckStore {

  /**
   * Makes the transaction see the database as it is at this moment, however long it lasts and
   * whatever is written meanwhile. To be called before anything else.
   */
  void freeze(Tx tx) {
    var dsl = SqlTx.of(tx).dsl();
    dsl.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    dsl.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  }

  CheckResult run(Tx tx, SqlCheck check, Instant now) {
    var dsl = SqlTx.of(tx).dsl();
    Long checked =
        dsl.resultQuery("SELECT COUNT(*) FROM " + check.table()).fetchSingle(0, Long.class);
    long marks = check.broken().chars().filter(c -> c == '?').count();
    Object first =
        dsl.resultQuery(
                check.broken() + " LIMIT 1",
                Collections.nCopies((int) marks, sqlTime(now)).toArray())
            .fetchOne(0);
    return new CheckResult(check.name(), checked, text(first));
  }

  /** CONCAT with a number of a UNION is a binary string to the driver. */
  private static String text(@Nullable Object first) {
    return switch (first) {
      case null -> "";
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      default -> first.toString();
    };
  }

  /** As a literal that both servers read as UTC. */
  private static String sqlTime(Instant now) {
    return now.toString().substring(0, 19).replace('T', ' ');
  }
}
