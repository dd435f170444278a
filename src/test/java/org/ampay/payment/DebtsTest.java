package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationRequest.Purpose;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.base.Money;
import org.ampay.payment.SettlementStore.Debtor;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever owes more than his operator allows starts nothing. */
class DebtsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long DRIVER = 7;

  private MoneyWorld world;
  private Debts debts;

  @BeforeEach
  void open() {
    world = MoneyWorld.onDatabase(DATABASE);
    debts = new Debts(world.transactor, world.stores, world.time);
    world.finish(1, DRIVER, null, "10"); // owes 11.55
    world.runJobs();
    debts.refresh();
  }

  private Optional<AuthorizationStatus> refusal(long driver, Purpose purpose) {
    AuthorizationRequest request =
        new AuthorizationRequest(
            MoneyWorld.station(),
            List.of(1),
            new IdToken("TAG1", "ISO14443"),
            purpose,
            world.time.now());
    Authorization candidate =
        new Authorization(AuthorizationStatus.ACCEPTED, null, null, driver, driver, null, 1);
    return debts.refuse(request, candidate).toCompletableFuture().join();
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void debt_refusesStarts_notStops(Purpose purpose) {
    boolean starts = purpose == Purpose.PRESENT || purpose == Purpose.START;
    assertThat(refusal(DRIVER, purpose))
        .isEqualTo(starts ? Optional.of(AuthorizationStatus.NO_CREDIT) : Optional.empty());
    assertThat(refusal(8, purpose)).isEmpty();
  }

  @Test
  void limit_allowsWhatIsNotAboveIt() {
    debts.setLimit(1, new Money("CNY", 1_154), tx -> {});
    debts.refresh();
    assertThat(refusal(DRIVER, Purpose.START)).isPresent();
    debts.setLimit(1, new Money("CNY", 1_155), tx -> {});
    debts.refresh();
    assertThat(refusal(DRIVER, Purpose.START)).isEmpty();
    assertThat(debts.limit(1)).isEqualTo(1_155);
  }

  @Test
  void paidDebt_isForgotten() {
    world.topUp(DRIVER, 5_000);
    world.runJobs();
    debts.refresh();
    assertThat(refusal(DRIVER, Purpose.START)).isEmpty();
  }

  @Test
  void memoryAndDatabase_seeTheSameDebts() {
    MoneyWorld memory = MoneyWorld.inMemory(MemoryTransactor.Faults.NONE);
    memory.finish(1, DRIVER, null, "10");
    memory.runJobs();
    Map<Debtor, Long> there = owed(memory);
    assertThat(there).isEqualTo(owed(world)).hasSize(1);
  }

  private static Map<Debtor, Long> owed(MoneyWorld of) {
    return of.transactor.call(tx -> of.stores.settlements().debts(tx, List.of(1L)));
  }
}
