package org.ampay.payment.order;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Orders at rest. */
interface OrderStore {

  /**
   * Adds an order.
   *
   * @throws org.ampay.store.StoreException.DuplicateKey when another one is live at the EVSE, or
   *     has the same key
   */
  void insert(Tx tx, OrderRow order);

  /** Locks orders until the end of the transaction, in the order of their ids. */
  Map<Long, OrderRow> lock(Tx tx, Collection<Long> ids);

  /** Stores everything of locked orders that can change. */
  void update(Tx tx, List<OrderRow> orders);

  Optional<OrderRow> byCode(Tx tx, String code);

  Optional<OrderRow> byKey(Tx tx, ByteBuffer idemKey);

  /** The live order of an EVSE. */
  Optional<OrderRow> ofEvse(Tx tx, OrderRow.Place place);

  /**
   * One order.
   *
   * @param operatorId null: of any operator
   */
  Optional<OrderRow> byId(Tx tx, @Nullable Long operatorId, long id);

  /**
   * Orders with a smaller id, newest first.
   *
   * @param operatorId null: of all operators
   * @param state null: in any state
   */
  List<OrderRow> list(
      Tx tx, @Nullable Long operatorId, @Nullable State state, long beforeId, int limit);
}
