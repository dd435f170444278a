package org.ampay.ledger;

import java.util.List;
import java.util.function.Consumer;
import org.ampay.store.Transactor;

/**
 * Balances against the postings that they are made of. May run while the ledger is at work: an
 * account is locked before it is found wrong.
 */
public final class Rebuild {

  private static final int ACCOUNTS_AT_A_TIME = 200;

  private final Transactor transactor;
  private final LedgerStore store;

  public Rebuild(Transactor transactor, LedgerStore store) {
    this.transactor = transactor;
    this.store = store;
  }

  /** An account whose balance is not the sum of its postings. */
  public record Wrong(AccountRow account, long postedMinor) {}

  /**
   * Compares all accounts.
   *
   * @param mend whether wrong balances are set to what was posted
   * @param each gets each wrong account as it was
   * @return how many accounts were compared
   */
  public long run(boolean mend, Consumer<Wrong> each) {
    long compared = 0;
    long last = 0;
    while (true) {
      long after = last;
      List<BookStore.Difference> page =
          transactor.call(tx -> BookStore.compare(tx, after, ACCOUNTS_AT_A_TIME));
      for (BookStore.Difference found : page) {
        if (found.account().balanceMinor() != found.postedMinor()) {
          mend(found.account().id(), mend, each);
        }
      }
      compared += page.size();
      if (page.size() < ACCOUNTS_AT_A_TIME) {
        return compared;
      }
      last = page.getLast().account().id();
    }
  }

  private void mend(long accountId, boolean mend, Consumer<Wrong> each) {
    transactor.run(
        tx -> {
          AccountRow row = store.lock(tx, List.of(accountId)).getFirst();
          long posted = BookStore.posted(tx, accountId);
          if (row.balanceMinor() == posted) {
            return; // it was in work when it was looked at
          }
          each.accept(new Wrong(row, posted));
          if (mend) {
            store.balances(
                tx, List.of(new AccountRow(row.id(), row.account(), posted, row.limitMinor())));
          }
        });
  }
}
