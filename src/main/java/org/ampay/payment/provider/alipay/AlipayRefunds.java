package org.ampay.payment.provider.alipay;

import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.domain.AlipayTradeRefundModel;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.response.AlipayTradeFastpayRefundQueryResponse;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/** Refunds: each a request of its own against the trade that took the money. */
final class AlipayRefunds {

  private final AlipayCalls calls;
  private final Recent recent;

  AlipayRefunds(AlipayCalls calls, Recent recent) {
    this.calls = calls;
    this.recent = recent;
  }

  /** {@code fund_change} is N for a repeat and for money still on the way: only a query tells. */
  Outcome refund(PaymentCommand.Refund refund) {
    AlipayTradeRefundModel model = new AlipayTradeRefundModel();
    model.setOutTradeNo(refund.taken().reference());
    model.setOutRequestNo(refund.operation().reference());
    model.setRefundAmount(Yuan.text(refund.operation().amount()));
    AlipayTradeRefundRequest request = new AlipayTradeRefundRequest();
    request.setBizModel(model);
    return calls
        .call(request)
        .outcome(
            told ->
                "Y".equals(told.getFundChange())
                    ? Outcome.Succeeded.of(refund.operation().amount())
                    : new Outcome.Unknown("to be asked for"),
            refused -> Refusals.afterSending(refused.fate(), refused.subCode()));
  }

  Outcome query(PaymentCommand.Refund refund) {
    AlipayTradeFastpayRefundQueryModel model = new AlipayTradeFastpayRefundQueryModel();
    model.setOutTradeNo(refund.taken().reference());
    model.setOutRequestNo(refund.operation().reference());
    AlipayTradeFastpayRefundQueryRequest request = new AlipayTradeFastpayRefundQueryRequest();
    request.setBizModel(model);
    return calls
        .call(request)
        .outcome(
            told -> state(told, refund.operation()),
            refused ->
                refused.fate() == Fate.NOT_FOUND
                    ? unseen(refund.operation())
                    : Refusals.afterAsking(refused.fate(), refused.subCode()));
  }

  private Outcome state(AlipayTradeFastpayRefundQueryResponse told, Operation operation) {
    if (!"REFUND_SUCCESS".equals(told.getRefundStatus())) {
      return unseen(operation);
    }
    return Yuan.same(told.getRefundAmount(), operation.amount())
        ? Outcome.Succeeded.of(operation.amount())
        : new Outcome.Unknown("refunded, of another amount");
  }

  private Outcome unseen(Operation operation) {
    return recent.settled(operation.reference(), operation.createdAt())
        ? new Outcome.NotSent("Alipay knows no such refund")
        : new Outcome.Unknown("not known to Alipay yet");
  }
}
