package org.ampay.payment.order;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.ampay.base.Money;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.PaymentCommand;

/** The commands of orders' operations, made anew from the rows. Pure. */
final class OrderCommands {

  /** A hold is asked for so long: a night at a slow charger, and the way there. */
  static final Duration HOLD = Duration.ofDays(2);

  private OrderCommands() {}

  /**
   * The command of an operation.
   *
   * @param operations all of the order's
   * @param payIn from the order until it cannot be paid any more
   */
  static PaymentCommand of(
      OrderRow order, List<PaymentOperation> operations, PaymentOperation op, Duration payIn) {
    return switch (op.kind()) {
      case AUTHORIZE -> new PaymentCommand.Authorize(op.forProvider(), HOLD, ask(order, payIn));
      case PRESENT -> new PaymentCommand.Present(op.forProvider(), ask(order, payIn));
      case CANCEL -> new PaymentCommand.Cancel(op.forProvider(), target(operations, op));
      case RELEASE -> new PaymentCommand.Release(op.forProvider(), hold(order, operations));
      case INCREMENT -> new PaymentCommand.Increment(op.forProvider(), hold(order, operations));
      case REFUND -> new PaymentCommand.Refund(op.forProvider(), target(operations, op));
      case CAPTURE, CHARGE, SPLIT, PAYOUT, TOP_UP, WITHDRAW ->
          throw new IllegalStateException("an order has no " + op.kind().code());
    };
  }

  private static Ask ask(OrderRow order, Duration payIn) {
    OrderRow.Payer payer = order.payer();
    String subject =
        (payer.language().startsWith("zh") ? "充电订单 " : "EV charging, order ") + order.id();
    return new Ask(
        subject,
        payer.form(),
        order.createdAt().plus(payIn),
        payer.returnUrl().isEmpty() ? null : URI.create(payer.returnUrl() + order.code()),
        null,
        payer.clientIp(),
        payer.language());
  }

  /** What the payer agreed to. */
  static PaymentCommand.Hold hold(OrderRow order, List<PaymentOperation> operations) {
    PaymentOperation ask = OrderPlan.ask(operations);
    return new PaymentCommand.Hold(
        ask.id(),
        order.held(),
        new Money(order.amount().currency(), order.progress().giftMinor()),
        ask.reference(),
        ask.result().providerRef());
  }

  private static PaymentCommand.Target target(
      List<PaymentOperation> operations, PaymentOperation op) {
    Long target = Objects.requireNonNull(op.about().targetId(), "it is about another operation");
    return operations.stream()
        .filter(other -> other.id() == target)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no operation " + target))
        .target();
  }
}
