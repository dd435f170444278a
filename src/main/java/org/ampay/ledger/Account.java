package org.ampay.ledger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An account of an operator's books in one currency. Its row is made when it is first posted to.
 *
 * @param code for example {@code wallet:17:real}; unique among the operator's accounts of that
 *     currency
 * @param limited whether its credit limit is kept: such an account never owes us anything, that is
 *     its debits never exceed its credits by more than its limit (0 when it is made)
 */
public record Account(
    long operatorId, String code, AccountKind kind, String currency, boolean limited) {

  private static final int MAX_CODE_CHARS = 120;

  public Account {
    if (code.isBlank() || code.length() > MAX_CODE_CHARS) {
      throw new IllegalArgumentException("account code '" + code + "'");
    }
  }

  /** What a driver paid in, and may have back. */
  public static Account walletReal(long operatorId, long driverId, String currency) {
    return limited(operatorId, "wallet:" + driverId + ":real", currency);
  }

  /** What a driver was given: spent after the real money, never paid out. */
  public static Account walletGift(long operatorId, long driverId, String currency) {
    return limited(operatorId, "wallet:" + driverId + ":gift", currency);
  }

  /** What is set aside for a driver's running sessions. */
  public static Account walletHeld(long operatorId, long driverId, String currency) {
    return limited(operatorId, "wallet_held:" + driverId, currency);
  }

  /** What a driver owes for bills. */
  public static Account receivable(long operatorId, long driverId, String currency) {
    return new Account(operatorId, "receivable:" + driverId, AccountKind.ASSET, currency, false);
  }

  /** What is owed for bills of sessions that nobody is known to pay. */
  public static Account receivableUnassigned(long operatorId, String currency) {
    return new Account(operatorId, "receivable:unassigned", AccountKind.ASSET, currency, false);
  }

  /** The operator's share of bills that are not settled yet. */
  public static Account payablePending(long operatorId, String currency) {
    return new Account(
        operatorId, "payable_pending:" + operatorId, AccountKind.LIABILITY, currency, false);
  }

  /** The operator's share of what is settled. */
  public static Account payable(long operatorId, String currency) {
    return new Account(operatorId, "payable:" + operatorId, AccountKind.LIABILITY, currency, false);
  }

  /** The share of a payee in what is settled. */
  public static Account payableToPayee(long operatorId, long payeeId, String currency) {
    return new Account(
        operatorId, "payable:payee-" + payeeId, AccountKind.LIABILITY, currency, false);
  }

  /**
   * Tax on bills.
   *
   * @param jurisdiction ISO 3166 alpha-2 of the operator
   * @param ratePercent for example 13
   */
  public static Account tax(
      long operatorId, String jurisdiction, BigDecimal ratePercent, String currency) {
    String rate = ratePercent.stripTrailingZeros().toPlainString();
    return new Account(
        operatorId, "tax:" + jurisdiction + "," + rate, AccountKind.LIABILITY, currency, false);
  }

  /**
   * What a payment provider has taken for us and not paid out yet.
   *
   * @param accountId the operator's account with it; null where there is only one
   */
  public static Account pspClearing(
      long operatorId, String provider, @Nullable Long accountId, String currency) {
    String code = accountId == null ? provider : provider + "," + accountId;
    return new Account(operatorId, "psp_clearing:" + code, AccountKind.ASSET, currency, false);
  }

  /** What drivers paid before their sessions: used for the bill, the rest is given back. */
  public static Account deposit(long operatorId, long driverId, String currency) {
    return limited(operatorId, "deposit:" + driverId, currency);
  }

  /** What a fleet customer may charge before it is invoiced: its limit is the credit. */
  public static Account onAccount(long operatorId, long driverId, String currency) {
    return limited(operatorId, "on_account:" + driverId, currency);
  }

  /** What is set aside of a fleet customer's credit for running sessions. */
  public static Account onAccountHeld(long operatorId, long driverId, String currency) {
    return limited(operatorId, "on_account_held:" + driverId, currency);
  }

  /** What a roaming partner owes for sessions of its tokens, less what it has paid. */
  public static Account roaming(long operatorId, long partnerId, String currency) {
    return new Account(operatorId, "roaming:" + partnerId, AccountKind.ASSET, currency, false);
  }

  /** What a driver disputes at his bank, taken from our account until it is decided. */
  public static Account disputed(
      long operatorId, String provider, @Nullable Long accountId, String currency) {
    String code = accountId == null ? provider : provider + "," + accountId;
    return new Account(operatorId, "disputed:" + code, AccountKind.ASSET, currency, false);
  }

  /** The platform's fee on payments. */
  public static Account platformFee(long operatorId, String currency) {
    return new Account(operatorId, "platform_fee", AccountKind.INCOME, currency, false);
  }

  /** What payment providers keep for their work. */
  public static Account pspFee(long operatorId, String currency) {
    return new Account(operatorId, "psp_fee", AccountKind.EXPENSE, currency, false);
  }

  /** Bills that nobody will pay. */
  public static Account badDebt(long operatorId, String currency) {
    return new Account(operatorId, "bad_debt", AccountKind.EXPENSE, currency, false);
  }

  /** Our money at the bank. */
  public static Account bank(long operatorId, String currency) {
    return new Account(operatorId, "bank", AccountKind.ASSET, currency, false);
  }

  /** What the platform spends on drivers: gifts, discounts that it funds, points. */
  public static Account promotion(long operatorId, String currency) {
    return new Account(operatorId, "promotion", AccountKind.EXPENSE, currency, false);
  }

  /** What a driver's points are worth: owed until they are used, expire or are taken back. */
  public static Account points(long operatorId, long driverId, String currency) {
    return limited(operatorId, "points:" + driverId, currency);
  }

  private static Account limited(long operatorId, String code, String currency) {
    return new Account(operatorId, code, AccountKind.LIABILITY, currency, true);
  }
}
