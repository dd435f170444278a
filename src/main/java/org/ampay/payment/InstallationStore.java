package org.ampay.payment;

import static org.ampay.store.tables.Tables.INSTALLATION;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.ampay.store.SqlTx;
import org.ampay.store.Transactor;
import org.jooq.DSLContext;

/** The code of this installation: made when it is first asked for, the same from then on. */
public final class InstallationStore {

  private static final byte THE_ONLY = 1;
  private static final int CODES = 36 * 36 * 36 * 36;

  private InstallationStore() {}

  /** The code, four characters {@code [a-z0-9]}. */
  public static String code(Transactor transactor, RandomGenerator random, Instant now) {
    String made = Integer.toString(CODES + random.nextInt(CODES), Character.MAX_RADIX).substring(1);
    return transactor.call(
        tx -> {
          DSLContext dsl = SqlTx.of(tx).dsl();
          dsl.insertInto(INSTALLATION)
              .set(INSTALLATION.ID, THE_ONLY)
              .set(INSTALLATION.CODE, made)
              .set(INSTALLATION.CREATED_AT, now)
              .onDuplicateKeyIgnore()
              .execute();
          return dsl.select(INSTALLATION.CODE).from(INSTALLATION).fetchSingle(INSTALLATION.CODE);
        });
  }
}
