package org.ampay.payment;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.ampay.store.MemoryTx;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Write-offs in memory, for simulations. */
public final class MemoryWriteOffStore implements WriteOffStore {

  private final NavigableMap<Long, WriteOff> all = new TreeMap<>();

  @Override
  public void insert(Tx tx, WriteOff writeOff) {
    if (proposed(tx, writeOff.settlementId()).isPresent()) {
      throw new StoreException.DuplicateKey("write-off of " + writeOff.settlementId(), null);
    }
    all.put(writeOff.id(), writeOff);
    MemoryTx.of(tx).undo(() -> all.remove(writeOff.id()));
  }

  @Override
  public void update(Tx tx, WriteOff writeOff) {
    WriteOff before = all.put(writeOff.id(), writeOff);
    if (before != null) {
      MemoryTx.of(tx).undo(() -> all.put(before.id(), before));
    }
  }

  @Override
  public Optional<WriteOff> byId(Tx tx, @Nullable Long operatorId, long id) {
    return Optional.ofNullable(all.get(id)).filter(w -> of(w, operatorId));
  }

  @Override
  public Optional<WriteOff> proposed(Tx tx, long settlementId) {
    return all.values().stream()
        .filter(w -> w.settlementId() == settlementId && w.state() == WriteOff.State.PROPOSED)
        .findFirst();
  }

  @Override
  public List<WriteOff> proposed(Tx tx, @Nullable Long operatorId, SettlementStore.Before before) {
    return all.headMap(before.beforeId(), false).descendingMap().values().stream()
        .filter(w -> of(w, operatorId) && w.state() == WriteOff.State.PROPOSED)
        .limit(before.limit())
        .toList();
  }

  private static boolean of(WriteOff writeOff, @Nullable Long operatorId) {
    return operatorId == null || writeOff.operatorId() == operatorId;
  }
}
