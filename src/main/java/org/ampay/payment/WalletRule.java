package org.ampay.payment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationRule;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.TimeSource;

/**
 * Refuses a token that is shown when its driver's wallet has less than a start would hold. Only an
 * early word: the guard decides at the start, under the wallet's lock. So a balance may be a second
 * old here.
 */
public final class WalletRule implements AuthorizationRule {

  private static final Duration FRESH = Duration.ofSeconds(10);

  /** A wallet with so many holds is not asked about again while what was read is fresh. */
  private static final int COMFORTABLE_HOLDS = 20;

  private static final int MAX_CACHED = 20_000;

  private final Wallets wallets;
  private final PaymentMethods methods;
  private final Executor executor;
  private final Cache<Wallets.Owner, Long> available;

  /**
   * A rule.
   *
   * @param methods who pays by something else is not asked for a balance
   * @param executor runs the reads; they block
   */
  public WalletRule(Wallets wallets, PaymentMethods methods, Executor executor, TimeSource time) {
    this.wallets = wallets;
    this.methods = methods;
    this.executor = executor;
    this.available =
        Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(FRESH)
            .ticker(time::nanos)
            .build();
  }

  @Override
  public CompletionStage<Optional<AuthorizationStatus>> refuse(
      AuthorizationRequest request, Authorization candidate) {
    Long driver = candidate.driverId();
    if (request.purpose() != AuthorizationRequest.Purpose.PRESENT
        || driver == null
        || candidate.orderId() != null // its money was held before
        || !methods.of(driver).equals(PaymentMethod.WALLET)
        || request.station().holdMinor() <= 0) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Wallets.Owner owner =
        new Wallets.Owner(request.station().operatorId(), driver, request.station().currency());
    Long known = available.getIfPresent(owner);
    boolean comfortable =
        known != null && known / COMFORTABLE_HOLDS >= request.station().holdMinor();
    CompletionStage<Long> now =
        known == null || !comfortable
            ? CompletableFuture.supplyAsync(() -> read(owner), executor)
            : CompletableFuture.completedFuture(known);
    return now.thenApply(
        minor ->
            minor < request.station().holdMinor()
                ? Optional.of(AuthorizationStatus.NO_CREDIT)
                : Optional.empty());
  }

  private long read(Wallets.Owner owner) {
    long minor = wallets.balance(owner).available().minor();
    available.put(owner, minor);
    return minor;
  }
}
