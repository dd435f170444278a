package org.ampay.charging;

import org.ampay.base.IdSource;

/**
 * Where the ids of the core come from.
 *
 * @param sessions ids of sessions
 * @param transactions numbers of OCPP 1.6 transactions
 * @param readings ids of readings and phases; growing, so that their order is that of acceptance
 * @param quarantine ids of quarantined frames
 */
public record Numbers(
    IdSource sessions, IdSource transactions, IdSource readings, IdSource quarantine) {

  /** A transaction id as OCPP 1.6 wants it: positive, 31 bits; look-ups are by station and id. */
  int transaction() {
    return (int) ((transactions.next() - 1) % Integer.MAX_VALUE) + 1;
  }
}
