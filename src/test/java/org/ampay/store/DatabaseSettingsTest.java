package org.ampay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be said about an outside database, and what is made of what it says. */
final class DatabaseSettingsTest {

  private static ConnectionUrl url(String url) {
    return ConnectionUrl.of(new DatabaseSettings.Outside(url, "u", "secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db:3306/ampay?sslMode=REQUIRED",
        "jdbc:mariadb://db:3306/ampay?sslMode=REQUIRED",
        "mysql://db:3306/ampay?sslMode=REQUIRED",
        " mariadb://db:3306/ampay?sslMode=REQUIRED "
      })
  void allUsualUrls_areUnderstood(String url) {
    assertThat(url(url).jdbc()).isEqualTo("jdbc:mysql://db:3306/ampay?sslMode=REQUIRED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres://db/ampay", "jdbc:mysql://db:3306", "mysql://db/", "db/ampay"})
  void otherUrls_areRefusedWithTheSettingsName(String url) {
    assertThatThrownBy(() -> url(url))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("AMPAY_DB_URL");
  }

  @Test
  void passwords_areNotPrinted() {
    DatabaseSettings settings =
        DatabaseSettings.outside("mysql://u:secret@db/ampay", "u", "secret");
    assertThat(settings.toString()).doesNotContain("secret");
    assertThat(url("mysql://u:secret@db/ampay").toString()).doesNotContain("secret");
  }

  @Test
  void versions_chooseTheDialect() {
    assertThat(ServerFacts.of("11.4.5-MariaDB", Map.of()).dialect()).isEqualTo(SQLDialect.MARIADB);
    assertThat(ServerFacts.of("5.5.5-10.11.6-MariaDB-log", Map.of()).dialect())
        .isEqualTo(SQLDialect.MARIADB);
    assertThat(ServerFacts.of("9.7.0", Map.of()).dialect()).isEqualTo(SQLDialect.MYSQL);
    assertThat(ServerFacts.of("8.4.3-log", Map.of()).dialect()).isEqualTo(SQLDialect.MYSQL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.0.36", "5.7.1", "10.6.12-MariaDB", "what"})
  void oldServers_areRefused(String version) {
    assertThatThrownBy(() -> ServerFacts.of(version, Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("8.4");
  }

  @Test
  void lazyFlushing_isWarnedAboutOutsideAndRefusedInside() {
    ServerFacts lazy =
        ServerFacts.of(
            "9.7.0",
            Map.of("innodb_flush_log_at_trx_commit", "2", "log_bin", "ON", "sync_binlog", "0"));
    assertThat(lazy.warnings()).hasSize(2);
    assertThatThrownBy(lazy::requireDurable).isInstanceOf(StoreException.class);
    ServerFacts durable = ServerFacts.of("9.7.0", Map.of("innodb_flush_log_at_trx_commit", "1"));
    assertThat(durable.warnings()).isEmpty();
    durable.requireDurable();
  }
}
