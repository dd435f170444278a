package org.ampay.payment.provider.wechat;

import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.Amount;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.Status;
import org.ampay.base.Money;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.jspecify.annotations.Nullable;

/** Refunds; our reference is the {@code out_refund_no}, which is one refund however often sent. */
final class WechatRefunds {

  private final WechatClient client;
  private final String notifyUrl;
  private final RefundService refunds;

  WechatRefunds(WechatClient client, String notifyUrl) {
    this.client = client;
    this.notifyUrl = notifyUrl;
    this.refunds = new RefundService.Builder().httpClient(client.http).build();
  }

  Reply<Outcome> refund(PaymentCommand.Refund command) {
    PaymentCommand.Target taken = command.taken();
    CreateRequest request = new CreateRequest();
    if (!taken.providerRef().isEmpty()) {
      request.setTransactionId(taken.providerRef());
    } else if (taken.kind() == CommandKind.PRESENT) {
      request.setOutTradeNo(taken.reference());
    } else {
      // What PayScore took has no number of ours.
      return new Reply.Answered<>(new Outcome.Misconfigured("WeChat's payment id is not known"));
    }
    request.setOutRefundNo(command.operation().reference());
    request.setNotifyUrl(notifyUrl);
    AmountReq amount = new AmountReq();
    amount.setRefund(command.operation().amount().minor());
    amount.setTotal(taken.amount().minor());
    amount.setCurrency(Fen.CURRENCY);
    request.setAmount(amount);
    return client.call(() -> outcome(refunds.create(request), command.operation()));
  }

  Reply<Outcome> query(PaymentCommand.Refund command) {
    QueryByOutRefundNoRequest request = new QueryByOutRefundNoRequest();
    request.setOutRefundNo(command.operation().reference());
    return client.call(() -> outcome(refunds.queryByOutRefundNo(request), command.operation()));
  }

  private static Outcome outcome(Refund refund, Operation operation) {
    if (!operation.reference().equals(refund.getOutRefundNo())) {
      return new Outcome.Unknown("an answer about something else");
    }
    return outcome(
        refund.getStatus(), refund.getAmount(), refund.getRefundId(), operation.amount());
  }

  /** What a refund's state says; also in callbacks. */
  static Outcome outcome(
      @Nullable Status status, @Nullable Amount amount, @Nullable String refundId, Money asked) {
    if (status == null || amount == null || !Fen.same(amount.getRefund(), asked)) {
      return new Outcome.Unknown("a refund of another amount");
    }
    String id = refundId == null ? "" : refundId;
    return switch (status) {
      case SUCCESS -> new Outcome.Succeeded(asked, Money.zero(asked.currency()), id);
      case PROCESSING -> new Outcome.Pending(id);
      case CLOSED -> new Outcome.Declined("the refund was closed");
      // The payer's card cannot take it: the money waits at WeChat until someone directs it.
      case ABNORMAL ->
          new Outcome.Misconfigured("refund " + id + " is abnormal: direct it at WeChat");
    };
  }
}
