package org.ampay.payment.order;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.store.MemoryTx;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Orders in memory, for simulations. */
public final class MemoryOrderStore implements OrderStore {

  private final NavigableMap<Long, OrderRow> orders = new TreeMap<>();

  @Override
  public void insert(Tx tx, OrderRow order) {
    boolean taken =
        orders.values().stream()
            .anyMatch(
                other ->
                    other.idemKey().equals(order.idemKey())
                        || other.code().equals(order.code())
                        || (other.state().live() && other.place().equals(order.place())));
    if (taken) {
      throw new StoreException.DuplicateKey("order of " + order.place().live(), null);
    }
    orders.put(order.id(), order);
    MemoryTx.of(tx).undo(() -> orders.remove(order.id()));
  }

  @Override
  public Map<Long, OrderRow> lock(Tx tx, Collection<Long> ids) {
    Map<Long, OrderRow> found = new TreeMap<>(orders);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public void update(Tx tx, List<OrderRow> changed) {
    for (OrderRow order : changed) {
      OrderRow before = Objects.requireNonNull(orders.put(order.id(), order), "it exists");
      MemoryTx.of(tx).undo(() -> orders.put(before.id(), before));
    }
  }

  @Override
  public Optional<OrderRow> byCode(Tx tx, String code) {
    return first(order -> order.code().equals(code));
  }

  @Override
  public Optional<OrderRow> byKey(Tx tx, ByteBuffer idemKey) {
    return first(order -> order.idemKey().equals(idemKey));
  }

  @Override
  public Optional<OrderRow> ofEvse(Tx tx, OrderRow.Place place) {
    return first(order -> order.state().live() && order.place().equals(place));
  }

  private Optional<OrderRow> first(Predicate<OrderRow> that) {
    return orders.values().stream().filter(that).findFirst();
  }

  @Override
  public Optional<OrderRow> byId(Tx tx, @Nullable Long operatorId, long id) {
    return Optional.ofNullable(orders.get(id)).filter(order -> of(order, operatorId));
  }

  @Override
  public List<OrderRow> list(
      Tx tx, @Nullable Long operatorId, @Nullable State state, long beforeId, int limit) {
    return orders.headMap(beforeId, false).descendingMap().values().stream()
        .filter(order -> of(order, operatorId) && (state == null || order.is(state)))
        .limit(limit)
        .toList();
  }

  private static boolean of(OrderRow order, @Nullable Long operatorId) {
    return operatorId == null || order.operatorId() == operatorId;
  }
}
