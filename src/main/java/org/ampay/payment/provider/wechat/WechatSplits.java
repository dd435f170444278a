package org.ampay.payment.provider.wechat;

import com.wechat.pay.java.service.profitsharing.ProfitsharingService;
import com.wechat.pay.java.service.profitsharing.model.CreateOrderReceiver;
import com.wechat.pay.java.service.profitsharing.model.CreateOrderRequest;
import com.wechat.pay.java.service.profitsharing.model.DetailStatus;
import com.wechat.pay.java.service.profitsharing.model.OrderReceiverDetail;
import com.wechat.pay.java.service.profitsharing.model.OrderStatus;
import com.wechat.pay.java.service.profitsharing.model.OrdersEntity;
import com.wechat.pay.java.service.profitsharing.model.QueryOrderRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/**
 * Profit sharing: what was taken is shared among receivers that the merchant has registered, and
 * the rest becomes the merchant's own. A receiver is written {@code MERCHANT_ID:1900000109} or
 * {@code PERSONAL_OPENID:o...}.
 */
final class WechatSplits {

  private static final Set<String> TYPES = Set.of("MERCHANT_ID", "PERSONAL_OPENID");

  private final WechatClient client;
  private final ProfitsharingService sharing;

  WechatSplits(WechatClient client) {
    this.client = client;
    this.sharing =
        new ProfitsharingService.Builder()
            .httpClient(client.http)
            .encryptor(client.config.createEncryptor())
            .decryptor(client.config.createDecryptor())
            .build();
  }

  Reply<Outcome> split(PaymentCommand.Split command) {
    List<CreateOrderReceiver> receivers = new ArrayList<>();
    for (PaymentCommand.Split.Share share : command.shares()) {
      Optional<CreateOrderReceiver> receiver = receiver(share);
      if (receiver.isEmpty()) {
        return misconfigured("a receiver is MERCHANT_ID:... or PERSONAL_OPENID:..., shares in CNY");
      }
      receivers.add(receiver.get());
    }
    if (command.taken().providerRef().isEmpty()) {
      return misconfigured("WeChat's payment id is not known");
    }
    CreateOrderRequest request = new CreateOrderRequest();
    request.setAppid(client.settings.appId());
    request.setTransactionId(command.taken().providerRef());
    request.setOutOrderNo(command.operation().reference());
    request.setReceivers(receivers);
    request.setUnfreezeUnsplit(true);
    return client.call(() -> outcome(sharing.createOrder(request), command));
  }

  private static Reply<Outcome> misconfigured(String reason) {
    return new Reply.Answered<>(new Outcome.Misconfigured(reason));
  }

  private static Optional<CreateOrderReceiver> receiver(PaymentCommand.Split.Share share) {
    int colon = share.receiver().indexOf(':');
    if (colon < 0
        || !TYPES.contains(share.receiver().substring(0, colon))
        || !share.amount().currency().equals(Fen.CURRENCY)) {
      return Optional.empty();
    }
    CreateOrderReceiver receiver = new CreateOrderReceiver();
    receiver.setType(share.receiver().substring(0, colon));
    receiver.setAccount(share.receiver().substring(colon + 1));
    receiver.setAmount(share.amount().minor());
    receiver.setDescription("充电分账");
    return Optional.of(receiver);
  }

  Reply<Outcome> query(PaymentCommand.Split command) {
    QueryOrderRequest request = new QueryOrderRequest();
    request.setTransactionId(command.taken().providerRef());
    request.setOutOrderNo(command.operation().reference());
    return client.call(() -> outcome(sharing.queryOrder(request), command));
  }

  private static Outcome outcome(OrdersEntity order, PaymentCommand.Split command) {
    Operation operation = command.operation();
    if (!operation.reference().equals(order.getOutOrderNo())) {
      return new Outcome.Unknown("an answer about something else");
    }
    String id = Objects.requireNonNullElse(order.getOrderId(), "");
    if (order.getState() != OrderStatus.FINISHED) {
      return new Outcome.Pending(id);
    }
    long shared = shared(order, command.shares());
    if (shared == 0) {
      return new Outcome.Declined("no receiver got his share: " + reasons(order));
    }
    return shared <= operation.amount().minor()
        ? new Outcome.Succeeded(Fen.of(shared), Money.zero(Fen.CURRENCY), id)
        : new Outcome.Unknown("shared more than was asked for");
  }

  /** Without the merchant's own rest, which is told like a share. */
  private static long shared(OrdersEntity order, List<PaymentCommand.Split.Share> shares) {
    Set<String> asked = new HashSet<>();
    shares.forEach(share -> asked.add(share.receiver()));
    long sum = 0;
    for (OrderReceiverDetail detail : details(order)) {
      if (detail.getResult() == DetailStatus.SUCCESS
          && asked.contains(detail.getType() + ":" + detail.getAccount())) {
        sum = Math.addExact(sum, detail.getAmount());
      }
    }
    return sum;
  }

  private static String reasons(OrdersEntity order) {
    return details(order).stream()
        .map(OrderReceiverDetail::getFailReason)
        .filter(Objects::nonNull)
        .map(Enum::name)
        .distinct()
        .toList()
        .toString();
  }

  private static List<OrderReceiverDetail> details(OrdersEntity order) {
    return Objects.requireNonNullElse(order.getReceivers(), List.of());
  }
}
