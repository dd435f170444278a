package org.ampay.payment;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ampay.store.MemoryTx;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Alarms in memory, for simulations. */
public final class MemoryAlarmStore implements AlarmStore {

  private final NavigableMap<Long, PaymentAlarm> alarms = new TreeMap<>();

  @Override
  public Set<String> open(Tx tx, Collection<String> openKeys) {
    Set<String> open = new HashSet<>();
    for (PaymentAlarm alarm : alarms.values()) {
      if (alarm.clearedAt() == null && openKeys.contains(alarm.openKey())) {
        open.add(alarm.openKey());
      }
    }
    return open;
  }

  @Override
  public void insert(Tx tx, List<PaymentAlarm> added) {
    for (PaymentAlarm alarm : added) {
      if (open(tx, List.of(alarm.openKey())).isEmpty()) {
        alarms.put(alarm.id(), alarm);
        MemoryTx.of(tx).undo(() -> alarms.remove(alarm.id()));
      }
    }
  }

  @Override
  public void clear(Tx tx, Collection<Long> refs, Instant at) {
    clear(
        tx,
        alarm -> refs.contains(alarm.ref()) && alarm.kind() != PaymentAlarm.Kind.CONTRADICTION,
        at);
  }

  @Override
  public boolean clearOne(Tx tx, @Nullable Long operatorId, long id, Instant at) {
    return clear(tx, alarm -> alarm.id() == id && of(alarm, operatorId), at) > 0;
  }

  private int clear(Tx tx, Predicate<PaymentAlarm> which, Instant at) {
    List<PaymentAlarm> found =
        alarms.values().stream().filter(a -> a.clearedAt() == null && which.test(a)).toList();
    for (PaymentAlarm alarm : found) {
      alarms.put(alarm.id(), alarm.cleared(at));
      MemoryTx.of(tx).undo(() -> alarms.put(alarm.id(), alarm));
    }
    return found.size();
  }

  @Override
  public List<PaymentAlarm> list(Tx tx, @Nullable Long operatorId, SettlementStore.Before before) {
    return alarms.headMap(before.beforeId(), false).descendingMap().values().stream()
        .filter(alarm -> alarm.clearedAt() == null && of(alarm, operatorId))
        .limit(before.limit())
        .toList();
  }

  private static boolean of(PaymentAlarm alarm, @Nullable Long operatorId) {
    return operatorId == null || alarm.operatorId() == operatorId;
  }
}
