package org.ampay.payment;

import java.util.ArrayList;
import java.util.List;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;

/** Snapshots in memory. */
final class MemorySnapshots implements TariffSnapshots {
  private final List<TariffSnapshot> all = new ArrayList<>();

  @Override
  public long idOf(TariffSnapshot snapshot) {
    if (!all.contains(snapshot)) {
      all.add(snapshot);
    }
    return all.indexOf(snapshot) + 1L;
  }

  @Override
  public TariffSnapshot byId(long id) {
    return all.get((int) id - 1);
  }
}
