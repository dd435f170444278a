package org.ampay.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.billing.SettlementState;
import org.ampay.payment.PaymentAlarm.Kind;
import org.ampay.payment.PaymentAlarms.Cause;
import org.ampay.store.Tx;

/**
 * How long operations may be in which state before a person hears of it. Nothing waits for ever:
 * each open operation has a job that takes it up again, and each time this is looked at.
 */
final class Deadlines {

  private static final Duration NOT_KNOWN = Duration.ofMinutes(10);
  private static final Duration PENDING = Duration.ofDays(1);

  private final PaymentAlarms alarms;

  Deadlines(PaymentAlarms alarms) {
    this.alarms = alarms;
  }

  /** The operations that are open. */
  static Set<Long> openOperations(OpenSettlements open) {
    Set<Long> ids = new HashSet<>();
    for (Settlement settlement : open.all()) {
      for (PaymentOperation op : open.operations(settlement)) {
        if (op.state().isOpen()) {
          ids.add(op.id());
        }
      }
    }
    return ids;
  }

  /** Why a settlement that waits becomes a person's; empty: it waits on. */
  static Optional<String> manual(
      Settlement settlement, List<PaymentOperation> waiting, Instant now, Duration deadline) {
    if (settlement.state() != SettlementState.PENDING) {
      return Optional.empty();
    }
    for (PaymentOperation op : waiting) {
      if (op.result().detail().startsWith(RemoteCalls.GONE)) {
        return Optional.of(op.result().detail());
      }
    }
    return Duration.between(settlement.createdAt(), now).compareTo(deadline) > 0
        ? Optional.of("waits for an outcome for more than a day")
        : Optional.empty();
  }

  /** Raises what is past its deadline, clears what has ended since {@code wereOpen}. */
  void settle(Tx tx, OpenSettlements open, Set<Long> wereOpen, Instant now) {
    List<Cause> causes = new ArrayList<>();
    List<Long> ended = new ArrayList<>();
    for (Settlement settlement : open.all()) {
      if (settlement.state() == SettlementState.MANUAL) {
        ofManual(open, settlement, causes);
      }
      for (PaymentOperation op : open.operations(settlement)) {
        if (op.state().isOpen()) {
          late(op, now).ifPresent(causes::add);
        } else if (op.state() == OperationState.MISCONFIGURED) {
          causes.add(Cause.of(op, Kind.MISCONFIGURED, op.result().detail()));
        } else if (wereOpen.contains(op.id()) && op.result().attempts() > 1) {
          ended.add(op.id());
          ended.add(settlement.id());
        }
      }
    }
    alarms.clear(tx, ended);
    alarms.raise(tx, causes);
  }

  private static void ofManual(OpenSettlements open, Settlement settlement, List<Cause> causes) {
    String reason = settlement.reason();
    if (settlement.driverId() == null || reason == null || !open.hasChanged(settlement)) {
      return;
    }
    Kind kind = reason.startsWith(RemoteCalls.GONE) ? Kind.ACCOUNT_GONE : Kind.SETTLEMENT_LATE;
    boolean known = kind == Kind.ACCOUNT_GONE || reason.startsWith("waits");
    if (known) {
      causes.add(
          new Cause(settlement.operatorId(), kind, settlement.id(), settlement.id(), null, reason));
    }
  }

  private static Optional<Cause> late(PaymentOperation op, Instant now) {
    Duration age = Duration.between(op.createdAt(), now);
    String detail = op.result().detail();
    if (detail.startsWith(RemoteCalls.MISCONFIGURED)) {
      return Optional.of(Cause.of(op, Kind.MISCONFIGURED, detail));
    }
    return switch (op.state()) {
      case REQUESTED, UNKNOWN -> after(age, NOT_KNOWN, Cause.of(op, Kind.UNKNOWN, detail));
      case NOT_SENT -> after(age, NOT_KNOWN, Cause.of(op, Kind.NOT_SENT, detail));
      case PENDING, ACTION_REQUIRED -> after(age, PENDING, Cause.of(op, Kind.PENDING, detail));
      case SUCCEEDED, DECLINED, MISCONFIGURED -> Optional.empty();
    };
  }

  private static Optional<Cause> after(Duration age, Duration deadline, Cause cause) {
    return age.compareTo(deadline) > 0 ? Optional.of(cause) : Optional.empty();
  }
}
