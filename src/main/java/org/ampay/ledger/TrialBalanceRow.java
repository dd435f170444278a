package org.ampay.ledger;

/**
 * A line of the trial balance.
 *
 * @param accountClass the accounts' code before the first colon: {@code wallet}
 * @param balanceMinor debits less credits
 */
public record TrialBalanceRow(
    AccountKind kind, String accountClass, String currency, long accounts, long balanceMinor) {

  public long debitMinor() {
    return Math.max(0, balanceMinor);
  }

  public long creditMinor() {
    return Math.max(0, Math.negateExact(balanceMinor));
  }
}
