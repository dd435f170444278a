package org.ampay.payment;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.payment.PaymentAlarm.Kind;
import org.ampay.payment.provider.Outcome;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises and clears alarms, in the transaction that sees the reason; counts them as {@code
 * ampay.payment.alarms}.
 */
public final class PaymentAlarms {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentAlarms.class);
  private static final String LATE = "ampay.payment.late.outcomes";

  private final AlarmStore store;
  private final IdSource ids;
  private final TimeSource time;
  private final MeterRegistry meters;

  PaymentAlarms(AlarmStore store, IdSource ids, TimeSource time, MeterRegistry meters) {
    this.store = store;
    this.ids = ids;
    this.time = time;
    this.meters = meters;
  }

  /** In the database. */
  public static PaymentAlarms inDatabase(IdSource ids, TimeSource time, MeterRegistry meters) {
    return new PaymentAlarms(new SqlAlarmStore(), ids, time, meters);
  }

  /** In memory, for simulations. */
  public static PaymentAlarms inMemory(IdSource ids, TimeSource time, MeterRegistry meters) {
    return new PaymentAlarms(new MemoryAlarmStore(), ids, time, meters);
  }

  /** What is wrong with what. */
  public record Cause(
      long operatorId,
      Kind kind,
      long ref,
      @Nullable Long settlementId,
      @Nullable Long orderId,
      String detail) {

    /** Of an operation. */
    static Cause of(PaymentOperation op, Kind kind, String detail) {
      return new Cause(
          op.operatorId(), kind, op.id(), op.settlementId(), op.orderId(), describe(op) + detail);
    }

    private static String describe(PaymentOperation op) {
      return op.kind().code() + " " + op.reference() + " by " + op.provider() + ": ";
    }
  }

  /** Raises alarms; what is raised already stays as it is. */
  public void raise(Tx tx, Collection<Cause> causes) {
    Map<String, PaymentAlarm> wanted = new LinkedHashMap<>();
    for (Cause cause : causes) {
      PaymentAlarm alarm = alarm(cause);
      wanted.putIfAbsent(alarm.openKey(), alarm);
    }
    if (wanted.isEmpty()) {
      return;
    }
    Set<String> open = store.open(tx, wanted.keySet());
    wanted.keySet().removeAll(open);
    List<PaymentAlarm> added = List.copyOf(wanted.values());
    store.insert(tx, added);
    tx.afterCommit(() -> added.forEach(this::tell));
  }

  private PaymentAlarm alarm(Cause cause) {
    return new PaymentAlarm(
        ids.next(),
        cause.operatorId(),
        cause.kind(),
        cause.ref(),
        cause.settlementId(),
        cause.orderId(),
        cause.detail(),
        time.now(),
        null);
  }

  private void tell(PaymentAlarm alarm) {
    LOG.warn("payment alarm {} {}: {}", alarm.kind().code(), alarm.ref(), alarm.detail());
    meters.counter("ampay.payment.alarms", "kind", alarm.kind().code()).increment();
  }

  /** Ends the alarms about operations, settlements or orders; not contradictions. */
  public void clear(Tx tx, Collection<Long> refs) {
    if (!refs.isEmpty()) {
      store.clear(tx, refs, time.now());
    }
  }

  /** Whether an operation's end is contradicted, and nobody has seen to it. */
  boolean isContradicted(Tx tx, PaymentOperation op) {
    String key = alarm(Cause.of(op, Kind.CONTRADICTION, "")).openKey();
    return !store.open(tx, List.of(key)).isEmpty();
  }

  /** A person has seen to one; false when there is no such open alarm. */
  boolean clearOne(Tx tx, @Nullable Long operatorId, long id) {
    return store.clearOne(tx, operatorId, id, time.now());
  }

  /**
   * An outcome came after the operation's end. It changes nothing; it is counted, and when it says
   * that money was moved that our books do not know, a person must look.
   */
  public void contradicted(Tx tx, PaymentOperation closed, Outcome later) {
    boolean moved = later instanceof Outcome.Succeeded;
    boolean same = moved == closed.succeeded();
    String agrees = same ? "same" : "other";
    tx.afterCommit(
        () -> meters.counter(LATE, "provider", closed.provider(), "end", agrees).increment());
    if (moved && !closed.succeeded()) {
      String detail = "told as " + closed.state().code() + " before, now as succeeded";
      raise(tx, List.of(Cause.of(closed, Kind.CONTRADICTION, detail)));
    }
  }

  /**
   * Open alarms with a smaller id, newest first.
   *
   * @param operatorId null: of all operators
   */
  List<PaymentAlarm> open(Tx tx, @Nullable Long operatorId, SettlementStore.Before before) {
    return store.list(tx, operatorId, before);
  }
}
