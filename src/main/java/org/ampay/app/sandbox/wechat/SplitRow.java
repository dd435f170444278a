package org.ampay.app.sandbox.wechat;

import java.util.List;

/**
 * A profit sharing.
 *
 * @param done false: each receiver was refused
 */
record SplitRow(
    String outOrderNo, String orderId, Trade trade, List<Receiver> receivers, boolean done) {

  /** A receiver's share. */
  record Receiver(String type, String account, long amount, String description) {}

  SplitRow {
    receivers = List.copyOf(receivers);
  }

  long sum() {
    return receivers.stream().mapToLong(Receiver::amount).sum();
  }
}
