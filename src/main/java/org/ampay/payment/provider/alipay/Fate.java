package org.ampay.payment.provider.alipay;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an error of Alipay means for a command. */
enum Fate {
  /** Refused for certain: nothing was moved. */
  DECLINED,
  /** Something with this reference is there already: only a query tells what. */
  ASK,
  /** Not known, which is proof of nothing until the settling window is over. */
  NOT_FOUND,
  /** The gateway itself does not know. */
  UNKNOWN,
  /** Our account, key or request: no repeat helps. */
  OUR_FAULT;

  private static final Map<String, Fate> BY_SUB_CODE = new TreeMap<>();

  static {
    all(
        NOT_FOUND,
        "ACQ.TRADE_NOT_EXIST",
        "TRADE_NOT_EXIST",
        "AUTH_ORDER_NOT_EXIST",
        "AUTH_OPERATION_NOT_EXIST",
        "ORDER_NOT_EXIST");
    all(
        ASK,
        "ACQ.TRADE_HAS_SUCCESS",
        "ACQ.TRADE_HAS_FINISHED",
        "ACQ.TRADE_STATUS_ERROR",
        "ACQ.REASON_TRADE_STATUS_INVALID",
        "ACQ.TRADE_HAS_CLOSE",
        "ORDER_ALREADY_FINISH",
        "ORDER_ALREADY_CLOSED",
        "AUTH_ORDER_HAS_FINISHED",
        "AUTH_ORDER_HAS_CLOSED",
        "ORDER_STATUS_INVALID",
        "REQUEST_ALREADY_SUCCESS");
    all(
        DECLINED,
        "ACQ.PAYMENT_REQUEST_HAS_RISK",
        "ACQ.BUYER_BALANCE_NOT_ENOUGH",
        "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH",
        "ACQ.ERROR_BALANCE_PAYMENT_DISABLE",
        "ACQ.BUYER_ENABLE_STATUS_FORBID",
        "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR",
        "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR",
        "ACQ.PULL_MOBILE_CASHIER_FAIL",
        "ACQ.PAYMENT_FAIL",
        "ACQ.TOTAL_FEE_EXCEED",
        "ACQ.AUTH_ORDER_HAS_CLOSED",
        "ACQ.AUTH_AMOUNT_NOT_ENOUGH",
        "ACQ.AUTH_NO_ERROR",
        "ACQ.SELLER_BALANCE_NOT_ENOUGH",
        "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
        "ACQ.REASON_TRADE_REFUND_FEE_ERR",
        "ACQ.TRADE_NOT_ALLOW_REFUND",
        "ACQ.REFUND_FEE_ERROR",
        "ACQ.REFUND_CHARGE_ERROR",
        "REQUEST_AMOUNT_EXCEED",
        "PAYMENT_REQUEST_HAS_RISK",
        "FREEZE_NOT_ALLOWED",
        "PAYER_NOT_ENOUGH");
    all(
        OUR_FAULT,
        "ACQ.INVALID_PARAMETER",
        "ACQ.ACCESS_FORBIDDEN",
        "ACQ.EXIST_FORBIDDEN_WORD",
        "ACQ.PARTNER_ERROR",
        "ACQ.SELLER_BEEN_BLOCKED",
        "ACQ.DISCORDANT_REPEAT_REQUEST",
        "ACQ.CONTEXT_INCONSISTENT",
        "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR",
        "ACQ.CURRENCY_NOT_SUPPORT",
        "INVALID_PARAMETER",
        "ACCESS_FORBIDDEN",
        "CONTEXT_INCONSISTENT",
        "PAYEE_NOT_EXIST");
    all(UNKNOWN, "ACQ.SYSTEM_ERROR", "SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR", "isp.unknow-error");
  }

  private static void all(Fate fate, String... subCodes) {
    for (String subCode : subCodes) {
      BY_SUB_CODE.put(subCode, fate);
    }
  }

  /**
   * What an error means. Business errors that are not in the table decide nothing.
   *
   * @param code of the gateway: 20000 not available, 20001 and 40001 to 40006 our own fault
   * @param signed by Alipay: else it may be anybody's word, which is never a refusal
   */
  static Fate of(@Nullable String code, @Nullable String subCode, boolean signed) {
    String sub = subCode == null ? "" : subCode;
    if (sub.startsWith("isv.")) {
      return OUR_FAULT;
    }
    if (!signed) {
      return UNKNOWN;
    }
    Fate known = BY_SUB_CODE.get(sub);
    if (known != null) {
      return known;
    }
    return switch (code == null ? "" : code) {
      case "20001", "40001", "40002", "40003", "40006" -> OUR_FAULT;
      default -> UNKNOWN;
    };
  }
}
