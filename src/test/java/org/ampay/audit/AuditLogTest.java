package org.ampay.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.ampay.audit.AuditLog.Verification;
import org.ampay.base.TestTime;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditLogTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private AuditLog log;

  @BeforeEach
  void clear() {
    DATABASE.clear();
    log = new AuditLog(DATABASE.database(), TestTime.monday());
  }

  private static AuditEntry entry(String subject) {
    return AuditEntry.of(1L, "cli", "test.done", subject).with("name", "值 \"quoted\"");
  }

  @Test
  void concurrentAppends_leaveNoGap() {
    CompletableFuture<?>[] appends = new CompletableFuture<?>[20];
    for (int i = 0; i < appends.length; i++) {
      String subject = "s" + i;
      appends[i] = CompletableFuture.runAsync(() -> log.append(entry(subject)));
    }
    CompletableFuture.allOf(appends).join();
    assertThat(log.verify()).isEqualTo(new Verification.Intact(20));
    assertThat(log.list(1, Long.MAX_VALUE, 100)).hasSize(20);
  }

  @Test
  void rolledBackEntry_isNotInTheChain() {
    log.append(entry("kept"));
    assertThatThrownBy(
            () ->
                DATABASE
                    .transactor()
                    .run(
                        tx -> {
                          log.append(tx, entry("lost"));
                          throw new IllegalStateException("no");
                        }))
        .isInstanceOf(IllegalStateException.class);
    log.append(entry("kept too"));
    assertThat(log.verify()).isEqualTo(new Verification.Intact(2));
  }

  @Test
  void changedEntry_breaksTheChainThere() {
    fill();
    DATABASE.dsl().execute("UPDATE audit_entry SET detail = '{}' WHERE id = 2");
    assertThat(log.verify()).isEqualTo(new Verification.Broken(2, "content was changed"));
  }

  @Test
  void removedEntry_breaksTheChain() {
    fill();
    DATABASE.dsl().execute("DELETE FROM audit_entry WHERE id = 2");
    assertThat(log.verify()).isEqualTo(new Verification.Broken(2, "entry is missing"));
  }

  @Test
  void removedLastEntry_isMissed() {
    fill();
    DATABASE.dsl().execute("DELETE FROM audit_entry WHERE id = 3");
    assertThat(log.verify()).isEqualTo(new Verification.Broken(3, "entry is missing"));
  }

  @Test
  void changedEnd_isFound() {
    fill();
    DATABASE.dsl().execute("UPDATE audit_chain SET last_hash = UNHEX(SHA2('x', 256))");
    assertThat(log.verify()).isEqualTo(new Verification.Broken(3, "is not the end of the chain"));
  }

  private void fill() {
    log.append(entry("a"));
    log.append(entry("b"));
    log.append(entry("c"));
  }
}
