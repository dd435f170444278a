package org.ampay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EmbeddedMariaDbTest {

  @TempDir Path directory;

  private EmbeddedSettings settings() {
    return EmbeddedSettings.of(directory).withSizes(16, 16);
  }

  private static Connection connect(EmbeddedMariaDb server) throws SQLException {
    return connect(server.port(), server.user(), server.password());
  }

  private static Connection connect(int port, String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + port + "/mysql?sslMode=DISABLED", user, password);
  }

  private static void execute(EmbeddedMariaDb server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(EmbeddedMariaDb server, String table) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void data_outliveTheServer() throws Exception {
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings())) {
      assertThat(server.isOwner()).isTrue();
      execute(server, "CREATE DATABASE kept");
      execute(server, "CREATE TABLE kept.fact (id BIGINT PRIMARY KEY)");
      execute(server, "INSERT INTO kept.fact VALUES (1)");
    }
    assertThat(directory.resolve("db.json")).doesNotExist();
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings())) {
      assertThat(count(server, "kept.fact")).isEqualTo(1);
    }
  }

  @Test
  void nobody_getsInWithoutThePassword() throws Exception {
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings())) {
      assertThat(server.password()).hasSizeGreaterThanOrEqualTo(32);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("db.secret"))))
          .isEqualTo("rw-------");
      for (String user : new String[] {"root", "", EmbeddedMariaDb.USER}) {
        assertThatThrownBy(() -> connect(server.port(), user, ""))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("Access denied");
      }
    }
  }

  @Test
  void server_flushesAtEachCommit() throws Exception {
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings());
        Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT @@innodb_flush_log_at_trx_commit, @@transaction_isolation,"
                    + " @@collation_server, @@bind_address")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("1");
      assertThat(row.getString(2)).isEqualTo("READ-COMMITTED");
      assertThat(row.getString(3)).isEqualTo("utf8mb4_bin");
      assertThat(row.getString(4)).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void killedOwner_takesItsServerAlongAndTheNextOneStarts() throws Exception {
    Process owner = OwnerProcess.start(directory);
    ProcessHandle server = OwnerProcess.server(owner);
    owner.destroyForcibly();
    // At once, while owner and orphan may still be ending.
    try (EmbeddedMariaDb next = EmbeddedMariaDb.open(settings().withRole(Role.SERVER))) {
      assertThat(next.isOwner()).isTrue();
      assertThat(server.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
      assertThat(count(next, "mysql.db")).isZero();
    }
  }

  @Test
  void command_joinsTheServerOfAnotherProcess() throws Exception {
    Process owner = OwnerProcess.start(directory);
    ProcessHandle server = OwnerProcess.server(owner);
    try (EmbeddedMariaDb joined = EmbeddedMariaDb.open(settings())) {
      assertThat(joined.isOwner()).isFalse();
      assertThat(joined.serverPid()).isEqualTo(server.pid());
      assertThat(count(joined, "mysql.db")).isZero();
    }
    assertThat(server.isAlive()).isTrue();
    assertThatThrownBy(
            () ->
                EmbeddedMariaDb.open(
                    settings().withRole(Role.SERVER).withPatience(Duration.ofMillis(50))))
        .isInstanceOf(EmbeddedDatabaseException.class)
        .hasMessageContaining("in use")
        .hasMessageContaining(Long.toString(owner.pid()));
    owner.getOutputStream().close();
    assertThat(owner.waitFor()).isZero();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void secondUseInOneProcess_joins() {
    try (EmbeddedMariaDb first = EmbeddedMariaDb.open(settings())) {
      try (EmbeddedMariaDb second = EmbeddedMariaDb.open(settings())) {
        assertThat(second.isOwner()).isFalse();
        assertThat(second.port()).isEqualTo(first.port());
      }
      // Closing the guest has not given the folder away.
      assertThatThrownBy(
              () ->
                  EmbeddedMariaDb.open(
                      settings().withRole(Role.SERVER).withPatience(Duration.ZERO)))
          .isInstanceOf(EmbeddedDatabaseException.class);
    }
  }

  @Test
  void deadServer_isStartedAgainOnItsPort() throws Exception {
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings().withLog(log::add))) {
      execute(server, "CREATE DATABASE kept");
      execute(server, "CREATE TABLE kept.fact (id BIGINT PRIMARY KEY)");
      execute(server, "INSERT INTO kept.fact VALUES (1)");
      long before = server.serverPid();
      ProcessHandle.of(before).orElseThrow().destroyForcibly();
      assertThat(log.poll(30, TimeUnit.SECONDS)).contains("starting it again");
      while (server.serverPid() == before) {
        Thread.onSpinWait();
      }
      assertThat(count(server, "kept.fact")).isEqualTo(1);
    }
  }

  /** Ctrl-C and a closed terminal reach every process of the group, also the one in between. */
  @Test
  void signalToTheGroup_doesNotEndTheServerBeforeItsOwner() throws Exception {
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    ProcessHandle process;
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings().withLog(log::add))) {
      process = ProcessHandle.of(server.serverPid()).orElseThrow();
      ProcessHandle keeper = process.parent().orElseThrow();
      assertThat(keeper.parent().orElseThrow()).isEqualTo(ProcessHandle.current());
      for (ProcessHandle child : keeper.children().toList()) {
        signal("INT", child);
        signal("HUP", child);
      }
      signal("INT", keeper);
      signal("HUP", keeper);
      signal("TERM", keeper);
      assertThat(count(server, "mysql.db")).isZero();
      assertThat(process.isAlive()).isTrue();
    }
    assertThat(process.isAlive()).isFalse();
    assertThat(log).isEmpty();
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  void interruptedInstallation_isDoneAgain() throws Exception {
    Files.createDirectories(directory.resolve("db.new/mysql"));
    Files.writeString(directory.resolve("db.new/ibdata1"), "half");
    Files.writeString(directory.resolve("db.secret"), "half");
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings())) {
      assertThat(count(server, "mysql.db")).isZero();
    }
  }

  @Test
  void staleNotes_doNotMislead() throws Exception {
    Files.writeString(directory.resolve("db.json"), "{\"port\":1,\"pid\":1,\"owner\":1}\n");
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings())) {
      assertThat(server.isOwner()).isTrue();
      assertThat(server.serverPid()).isNotEqualTo(1);
    }
  }
}
