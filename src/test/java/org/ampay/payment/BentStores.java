package org.ampay.payment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.LedgerStore;
import org.jspecify.annotations.Nullable;

/** Stores with a deliberate fault, for simulations that must find it. */
public final class BentStores {

  private BentStores() {}

  /** Which fault. */
  public enum Bend {
    NONE,
    /** A closed operation of a provider looks open, and its journal can be posted again. */
    NO_FENCE,
    /** A reference that was used before is not recognised. */
    NO_DEDUP
  }

  static SettlementStore settlements(SettlementStore store, Bend bend) {
    return switch (bend) {
      case NONE -> store;
      case NO_FENCE -> proxy(SettlementStore.class, store, new Stale());
      case NO_DEDUP -> proxy(SettlementStore.class, store, new Forgetful());
    };
  }

  static LedgerStore ledger(LedgerStore store, Bend bend) {
    return switch (bend) {
      case NONE, NO_DEDUP -> store;
      case NO_FENCE -> proxy(LedgerStore.class, store, new OtherKeys());
    };
  }

  /** Does a method's work, or something like it. */
  private interface Bent {
    @Nullable Object call(Method method, @Nullable Object[] arguments, Real real) throws Throwable;
  }

  private interface Real {
    @Nullable Object call(@Nullable Object... arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T store, Bent bent) {
    Object made =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            interfaces(type),
            (proxy, method, arguments) -> bent.call(method, arguments, real(store, method)));
    return type.cast(made);
  }

  private static Class<?>[] interfaces(Class<?> type) {
    return type == SettlementStore.class
        ? new Class<?>[] {type, OrderOperations.class}
        : new Class<?>[] {type};
  }

  private static Real real(Object store, Method method) {
    return arguments -> {
      try {
        method.setAccessible(true);
        return method.invoke(store, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    };
  }

  // ---- no fence ----

  /** Whoever looks first after an operation was closed still sees it open. */
  private static final class Stale implements Bent {
    private final Set<Long> seenClosed = new HashSet<>();

    @Override
    public @Nullable Object call(Method method, @Nullable Object[] arguments, Real real)
        throws Throwable {
      Object found = real.call(arguments);
      if (!method.getName().equals("operations") || !(found instanceof Map<?, ?> map)) {
        return found;
      }
      Map<Object, Object> seen = new LinkedHashMap<>();
      map.forEach((key, list) -> seen.put(key, ((List<?>) list).stream().map(this::seen).toList()));
      return seen;
    }

    private Object seen(Object value) {
      return value instanceof PaymentOperation op
              && op.provider().equals("sim")
              && op.succeeded()
              && seenClosed.add(op.id())
          ? open(op)
          : value;
    }

    private static PaymentOperation open(PaymentOperation op) {
      return new PaymentOperation(
          op.id(),
          op.operatorId(),
          op.about(),
          op.driverId(),
          op.via(),
          op.kind(),
          op.reference(),
          op.amount(),
          new PaymentOperation.Result(
              OperationState.UNKNOWN, 0, 0, "", "", op.result().attempts(), null),
          op.createdAt(),
          op.updatedAt());
    }
  }

  /** A journal with a key that was posted gets another key. */
  private static final class OtherKeys implements Bent {
    private final Map<String, Integer> used = new HashMap<>();

    @Override
    public @Nullable Object call(Method method, @Nullable Object[] arguments, Real real)
        throws Throwable {
      if (method.getName().equals("insert")) {
        List<LedgerStore.NewJournal> journals = new ArrayList<>();
        for (Object journal : (List<?>) Objects.requireNonNull(arguments[1])) {
          journals.add(renamed((LedgerStore.NewJournal) journal));
        }
        return real.call(arguments[0], journals, arguments[2]);
      }
      return real.call(arguments);
    }

    private LedgerStore.NewJournal renamed(LedgerStore.NewJournal journal) {
      JournalEntry entry = journal.entry();
      int times = used.merge(entry.key(), 1, Integer::sum);
      JournalEntry other =
          new JournalEntry(
              times == 1 ? entry.key() : entry.key() + "'" + times,
              entry.kind(),
              entry.ref(),
              entry.operatorId(),
              entry.postings());
      return new LedgerStore.NewJournal(journal.id(), other, journal.hash(), journal.accountIds());
    }
  }

  // ---- no dedup ----

  /** Knows no reference again, and takes each for a new one. */
  private static final class Forgetful implements Bent {
    private final Map<String, Integer> inserted = new HashMap<>();

    @Override
    public @Nullable Object call(Method method, @Nullable Object[] arguments, Real real)
        throws Throwable {
      return switch (method.getName()) {
        case "byReferences" -> Map.of();
        case "insertOperations" -> {
          List<PaymentOperation> operations = new ArrayList<>();
          for (Object op : (List<?>) Objects.requireNonNull(arguments[1])) {
            operations.add(renamed((PaymentOperation) op));
          }
          yield real.call(arguments[0], operations);
        }
        default -> real.call(arguments);
      };
    }

    private PaymentOperation renamed(PaymentOperation op) {
      int times = inserted.merge(op.reference(), 1, Integer::sum);
      return new PaymentOperation(
          op.id(),
          op.operatorId(),
          op.about(),
          op.driverId(),
          op.via(),
          op.kind(),
          times == 1 ? op.reference() : op.reference() + "-" + times,
          op.amount(),
          op.result(),
          op.createdAt(),
          op.updatedAt());
    }
  }
}
