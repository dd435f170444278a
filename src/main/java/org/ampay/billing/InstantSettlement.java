package org.ampay.billing;

import java.util.List;
import java.util.Map;
import org.ampay.ledger.JournalEntry;
import org.ampay.store.Tx;

/** Settles new bills in the transaction that makes them, where nothing outside is needed for it. */
public interface InstantSettlement {

  /**
   * Settles what it can. The call comes last in its transaction: accounts that many share stay
   * locked from here on.
   *
   * @param entries the journals of the bills; posted here, together with what is paid
   * @return the states of the bills that are taken care of, by their ids: pending where a job was
   *     inserted; the others need a job
   */
  Map<Long, SettlementState> settle(Tx tx, List<Bill> bills, List<JournalEntry> entries);
}
