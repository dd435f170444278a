package org.ampay.payment.fee;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The operators' fees in the database, remembered for a short while. A new fee begins later than
 * every node's memory of the old ones lasts, so that all of them find the same fee of a bill.
 */
public final class FeeBook implements PlatformFees {

  /** How far ahead a fee begins at least. */
  public static final Duration NOTICE = Duration.ofMinutes(2);

  private static final Duration MEMORY = Duration.ofSeconds(30);
  private static final int MAX_OPERATORS = 10_000;

  private final Transactor transactor;
  private final IdSource ids;
  private final TimeSource time;
  private final Cache<Long, List<PlatformFee>> known;

  public FeeBook(Transactor transactor, IdSource ids, TimeSource time) {
    this.transactor = transactor;
    this.ids = ids;
    this.time = time;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MAX_OPERATORS)
            .ticker(time::nanos)
            .expireAfterWrite(MEMORY)
            .build();
  }

  /**
   * A fee to be.
   *
   * @param from null: as soon as can be; else at least {@link #NOTICE} ahead
   */
  public record Draft(
      long operatorId,
      @Nullable Instant from,
      String currency,
      int basisPoints,
      long flatMinor,
      long minMinor,
      @Nullable Long maxMinor) {}

  /** Sees a fee as it is stored. */
  @FunctionalInterface
  public interface Witness {
    void stored(Tx tx, PlatformFee fee);
  }

  @Override
  public long of(Tx tx, Bill bill) {
    List<PlatformFee> fees = known.getIfPresent(bill.operatorId());
    if (fees == null) {
      fees = FeeStore.ofOperator(tx, bill.operatorId());
      known.put(bill.operatorId(), fees);
    }
    return fees.stream()
        .filter(fee -> !bill.createdAt().isBefore(fee.validFrom()))
        .findFirst()
        .map(fee -> fee.of(bill))
        .orElse(0L);
  }

  /** An operator's fees, those to come too, the newest first. */
  public List<PlatformFee> history(long operatorId) {
    return transactor.call(tx -> FeeStore.ofOperator(tx, operatorId));
  }

  /**
   * Adds a fee.
   *
   * @throws IllegalArgumentException when it begins too early or its numbers are no fee
   * @throws org.ampay.store.StoreException.DuplicateKey when another one begins at the same time
   */
  public PlatformFee add(Draft draft, Witness witness) {
    Instant now = time.now();
    Instant first = now.plus(NOTICE).truncatedTo(ChronoUnit.SECONDS);
    Instant from = draft.from() == null ? first : draft.from().truncatedTo(ChronoUnit.SECONDS);
    if (from.isBefore(first)) {
      throw new IllegalArgumentException("a fee begins at least " + NOTICE + " ahead");
    }
    PlatformFee fee =
        new PlatformFee(
            ids.next(),
            draft.operatorId(),
            from,
            draft.currency(),
            draft.basisPoints(),
            draft.flatMinor(),
            draft.minMinor(),
            draft.maxMinor(),
            now);
    transactor.run(
        tx -> {
          FeeStore.insert(tx, fee);
          witness.stored(tx, fee);
        });
    return fee;
  }
}
