package org.ampay.payment.order;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ampay.charging.SessionState;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;

/** The sessions of orders in the database. */
public final class OrderSessionStore implements OrderSessions {

  @Override
  public Optional<Seen> find(Tx tx, ByteBuffer key) {
    return SqlTx.of(tx)
        .dsl()
        .select(
            CHARGING_SESSION.ID,
            CHARGING_SESSION.STATION_ID,
            CHARGING_SESSION.TRANSACTION_ID,
            CHARGING_SESSION.STATE)
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.SESSION_KEY.eq(key.array()))
        .fetchOptional(
            r ->
                new Seen(
                    r.value1(),
                    r.value2(),
                    r.value3(),
                    SessionState.ofStored(r.value4()) != SessionState.ACTIVE));
  }
}
