package org.ampay.app.sandbox.wechat;

import java.time.Instant;

/**
 * A refund.
 *
 * @param status {@code SUCCESS} or {@code CLOSED}
 */
record RefundRow(
    String outRefundNo,
    String refundId,
    Trade trade,
    long amount,
    String status,
    String notifyUrl,
    Instant at) {}
