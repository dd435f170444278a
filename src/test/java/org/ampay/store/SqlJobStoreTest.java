package org.ampay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlJobStoreTest extends JobStoreContract {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  Transactor transactor() {
    return DATABASE.transactor();
  }

  @Override
  JobStore newStore() {
    DATABASE.clear();
    return new SqlJobStore(new SequentialIds(), new Steps(), signal);
  }

  /** Another worker does not wait for rows that a claim has locked, it takes the next ones. */
  @Test
  void openClaim_isSkippedByOthers() {
    JobStore store = newStore();
    List<NewJob> jobs = LongStream.range(0, 6).mapToObj(i -> new NewJob("bill", i, NOW)).toList();
    transactor().run(tx -> store.insert(tx, jobs));
    AtomicReference<List<Job>> others = new AtomicReference<>(List.of());
    List<Job> mine =
        transactor()
            .call(
                tx -> {
                  List<Job> claimed = store.claim(tx, request("w1"));
                  others.set(
                      DATABASE
                          .database()
                          .sideTransactor()
                          .call(other -> store.claim(other, request("w2"))));
                  return claimed;
                });
    assertThat(mine).extracting(Job::ref).containsExactly(0L, 1L, 2L);
    assertThat(others.get()).extracting(Job::ref).containsExactly(3L, 4L, 5L);
  }

  private static JobStore.Claim request(String worker) {
    return new JobStore.Claim("bill", 3, NOW, NOW.plus(LEASE), worker);
  }
}
