package org.ampay.payment.provider.wechat;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order of PayScore as WeChat tells it, in answers and callbacks. The SDK has no models of
 * these.
 *
 * @param state {@code CREATED}, {@code DOING}, {@code DONE}, {@code REVOKED}, {@code EXPIRED}
 * @param stateDescription of {@code DOING}: {@code USER_CONFIRM}, {@code MCH_COMPLETE}
 * @param pack what the payer's app opens
 */
record ServiceOrder(
    @Nullable String appid,
    @Nullable String mchid,
    @Nullable String serviceId,
    @Nullable String outOrderNo,
    @Nullable String orderId,
    @Nullable String state,
    @Nullable String stateDescription,
    @Nullable Long totalAmount,
    @Nullable RiskFund riskFund,
    @Nullable List<PostPayment> postPayments,
    @Nullable Collection collection,
    @SerializedName("package") @Nullable String pack) {

  /** The most that may be taken. */
  record RiskFund(String name, @Nullable Long amount, @Nullable String description) {
    long amountOrThrow() {
      return Objects.requireNonNull(amount, "amount");
    }
  }

  /** What is to be paid for; the description carries our capture's reference. */
  record PostPayment(
      String name, @Nullable Long amount, @Nullable String description, @Nullable Integer count) {}

  /** How far the money was taken: {@code USER_PAYING}, {@code USER_PAID}. */
  record Collection(
      @Nullable String state,
      @Nullable Long totalAmount,
      @Nullable Long paidAmount,
      @Nullable List<Detail> details) {}

  /** One taking. */
  record Detail(@Nullable Long amount, @Nullable String transactionId) {}

  /** Where an order stands. */
  enum Stage {
    /** The payer is asked. */
    ASKED,
    /** The payer has agreed. */
    AGREED,
    /** We said how much; the money is being taken. */
    TAKING,
    TAKEN,
    REVOKED,
    EXPIRED,
    UNKNOWN
  }

  Stage stage() {
    return switch (state == null ? "" : state) {
      case "CREATED" -> Stage.ASKED;
      case "DOING" -> "MCH_COMPLETE".equals(stateDescription) ? completed() : Stage.AGREED;
      case "DONE" -> Stage.TAKEN;
      case "REVOKED" -> Stage.REVOKED;
      case "EXPIRED" -> Stage.EXPIRED;
      default -> Stage.UNKNOWN;
    };
  }

  private Stage completed() {
    Collection taking = collection;
    return taking != null && "USER_PAID".equals(taking.state()) ? Stage.TAKEN : Stage.TAKING;
  }

  /** The reference of the capture that it was completed by; empty: none that we know. */
  String captureReference() {
    List<PostPayment> payments = postPayments;
    if (payments == null || payments.isEmpty()) {
      return "";
    }
    String description = payments.getFirst().description();
    return description == null ? "" : description;
  }

  /** WeChat's payment that refunds are for; empty: not yet. */
  String transactionId() {
    Collection taking = collection;
    List<Detail> details = taking == null ? null : taking.details();
    if (details == null || details.isEmpty()) {
      return "";
    }
    String id = details.getFirst().transactionId();
    return id == null ? "" : id;
  }
}
