package org.ampay.tariff;

import java.util.HashMap;
import java.util.Map;

/** Snapshots in memory, for simulations. */
public final class MemoryTariffSnapshots implements TariffSnapshots {

  private final Map<TariffSnapshot, Long> ids = new HashMap<>();
  private final Map<Long, TariffSnapshot> snapshots = new HashMap<>();

  @Override
  public synchronized long idOf(TariffSnapshot snapshot) {
    return ids.computeIfAbsent(
        snapshot,
        added -> {
          long id = snapshots.size() + 1L;
          snapshots.put(id, TariffSnapshot.parse(added.toJson()));
          return id;
        });
  }

  @Override
  public synchronized TariffSnapshot byId(long id) {
    TariffSnapshot snapshot = snapshots.get(id);
    if (snapshot == null) {
      throw new IllegalArgumentException("there is no tariff snapshot " + id);
    }
    return snapshot;
  }
}
