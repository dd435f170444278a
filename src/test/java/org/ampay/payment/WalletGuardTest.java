package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationRequest.Purpose;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.store.GroupCommit;
import org.ampay.store.MemoryTransactor;
import org.junit.jupiter.api.Test;

/** The guard and the rule as the core calls them. */
class WalletGuardTest {

  private final MoneyWorld world = MoneyWorld.inMemory(MemoryTransactor.Faults.NONE);

  private WalletGuard guard(int queue) {
    return new WalletGuard(
        new GroupCommit.Settings("hold", queue, 64, 1, Duration.ZERO),
        world.transactor,
        world.holdWriter,
        new GroupCommit.Environment(
            Runnable::run,
            Runnable::run,
            (pause, task) -> task.run(),
            world.time,
            new SimpleMeterRegistry()));
  }

  @Test
  void startsOfOneWallet_areGrantedWhileItsMoneyLasts() {
    world.topUp(7, 17_000);
    try (WalletGuard guard = guard(100)) {
      List<Verdict> verdicts =
          IntStream.range(1, 6)
              .mapToObj(i -> guard.reserve(world.request(i, 7L, 10)).toCompletableFuture().join())
              .toList();
      assertThat(verdicts).filteredOn(Verdict.Granted.class::isInstance).hasSize(3);
      assertThat(verdicts)
          .filteredOn(new Verdict.Refused(AuthorizationStatus.NO_CREDIT)::equals)
          .hasSize(2);
    }
  }

  @Test
  void closedGuard_fails_ratherThanGuess() {
    WalletGuard guard = guard(1);
    guard.close();
    CompletableFuture<Verdict> verdict =
        guard.reserve(world.request(1, 7L, 1)).toCompletableFuture();
    assertThat(verdict).isCompletedExceptionally();
  }

  private Optional<AuthorizationStatus> shown(WalletRule rule, Long driver, Purpose purpose) {
    Authorization candidate =
        new Authorization(AuthorizationStatus.ACCEPTED, null, null, 1L, driver, null, 1);
    AuthorizationRequest request =
        new AuthorizationRequest(
            MoneyWorld.station(),
            List.of(1),
            new IdToken("TAG1", "ISO14443"),
            purpose,
            Instant.parse("2026-03-02T08:00:00Z"));
    return rule.refuse(request, candidate).toCompletableFuture().join();
  }

  @Test
  void shownToken_isRefused_whenItsWalletHasLessThanAHold() {
    WalletRule rule =
        new WalletRule(world.wallets, PaymentMethods.WALLET_ONLY, Runnable::run, world.time);
    assertThat(shown(rule, 7L, Purpose.PRESENT)).contains(AuthorizationStatus.NO_CREDIT);
    world.topUp(7, 5_000);
    assertThat(shown(rule, 7L, Purpose.PRESENT)).isEmpty();
  }

  @Test
  void startAndStop_areNotTheRulesBusiness() {
    WalletRule rule =
        new WalletRule(world.wallets, PaymentMethods.WALLET_ONLY, Runnable::run, world.time);
    assertThat(shown(rule, 7L, Purpose.START)).isEmpty();
    assertThat(shown(rule, 7L, Purpose.STOP)).isEmpty();
    assertThat(shown(rule, null, Purpose.PRESENT)).isEmpty();
  }
}
