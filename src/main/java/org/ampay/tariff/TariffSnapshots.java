package org.ampay.tariff;

/** Keeps snapshots, equal ones once. Both calls answer from memory when they can. */
public interface TariffSnapshots {

  /** The id of the snapshot, stored first when it is new; committed when this returns. */
  long idOf(TariffSnapshot snapshot);

  /**
   * The snapshot with that id.
   *
   * @throws IllegalArgumentException when there is none
   */
  TariffSnapshot byId(long id);
}
