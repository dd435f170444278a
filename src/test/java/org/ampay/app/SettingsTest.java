package org.ampay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.ampay.gateway.GatewaySettings;
import org.ampay.store.DatabaseSettings;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final Path SHIPPED =
      Path.of(System.getProperty("ampay.basedir", "."), "config", "ampay.yaml");

  @Test
  void shippedFile_hasEveryKeyWithItsDefault() {
    SettingsReader reader = new SettingsReader(Map.of(), Map.of(), Map.of(), "none");
    Settings.read(reader);
    assertThat(new TreeMap<>(SettingsFile.read(SHIPPED).values()))
        .isEqualTo(new TreeMap<>(reader.defaults()));
  }

  @Test
  void gatewayDefaults_areTheGatewaysOwn() {
    assertThat(read(Map.of(), Map.of(), "").ocpp().gateway()).isEqualTo(GatewaySettings.defaults());
  }

  @Test
  void flags_winOverVariables_winOverTheFile() {
    String file = "http: {listen: 'f:1', public_url: 'http://file'}\nocpp: {listen: 'f:2'}";
    Settings settings =
        read(
            Map.of("http.listen", "flag:3"),
            Map.of("AMPAY_HTTP_LISTEN", "env:4", "AMPAY_OCPP_LISTEN", "env:5"),
            file);
    assertThat(settings.http().listen()).isEqualTo(new HostPort("flag", 3));
    assertThat(settings.ocpp().gateway().listen().host()).isEqualTo("env");
    assertThat(settings.http().publicUrl()).isEqualTo("http://file");
  }

  @Test
  void databaseUrl_choosesTheOutsideDatabase() {
    Settings settings =
        read(
            Map.of(),
            Map.of("AMPAY_DB_URL", "jdbc:mysql://h/a", "AMPAY_DB_PASSWORD", "s3cret"),
            "");
    assertThat(settings.database(Role.SERVER).target())
        .isInstanceOf(DatabaseSettings.Outside.class);
    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  @Test
  void badFlag_isWrongUsage_badVariableIsNot() {
    assertThatThrownBy(() -> read(Map.of("http.listen", "nonsense"), Map.of(), ""))
        .isInstanceOfSatisfying(
            SettingsException.class, wrong -> assertThat(wrong.isFlag()).isTrue());
    assertThatThrownBy(() -> read(Map.of(), Map.of("AMPAY_HTTP_LISTEN", "nonsense"), ""))
        .isInstanceOfSatisfying(
            SettingsException.class, wrong -> assertThat(wrong.isFlag()).isFalse());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ocpp: {call_timeout: soon} | setting ocpp.call_timeout = 'soon' (test.yaml) takes a whole"
            + " number of seconds from 1 to 3600",
        "ocpp: {call_timeout: 0} | setting ocpp.call_timeout = '0' (test.yaml) takes a whole number"
            + " of seconds from 1 to 3600",
        "ocpp: {deflate: perhaps} | setting ocpp.deflate = 'perhaps' (test.yaml) takes true or"
            + " false",
        "ocpp: {cal_timeout: 3} | unknown setting ocpp.cal_timeout = '3' (test.yaml): there is none"
            + " of that name, the nearest is ocpp.call_timeout",
        "http: {listen: 80} | setting http.listen = '80' (test.yaml) takes HOST:PORT, for example"
            + " 127.0.0.1:8080; port 0 picks a free one",
        "http: [1] | setting http = [1] (test.yaml) takes one value, not a list",
        "admin: {password: short} | setting admin.password = (not shown) (test.yaml) takes a"
            + " password of at least 10 characters",
        "'a: b: c' | test.yaml is not YAML: mapping values are not allowed here"
      })
  void badSetting_isNamedWithItsValueAndWhatItTakes(String file, String message) {
    assertThatThrownBy(() -> read(Map.of(), Map.of(), file))
        .isInstanceOf(SettingsException.class)
        .hasMessage(message);
  }

  @Test
  void unknownVariable_isNamed() {
    assertThatThrownBy(() -> read(Map.of(), Map.of("AMPAY_HTPP_LISTEN", "x:1"), ""))
        .hasMessage(
            "unknown setting AMPAY_HTPP_LISTEN = 'x:1' (environment): there is none of that name,"
                + " the nearest is AMPAY_HTTP_LISTEN");
  }

  @Test
  void launchersVariables_areNotSettings() {
    read(Map.of(), Map.of("AMPAY_JAVA_HOME", "/jdk"), "");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1:0,127.0.0.1,0", "'[::1]:8080',::1,8080", "example.org:80,example.org,80"})
  void hostPort_isRead(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({":80", "host", "host:", "host:99999", "::1:80", "host:8a"})
  void hostPort_refusesTheRest(String text) {
    assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Settings read(Map<String, String> flags, Map<String, String> env, String file) {
    return Settings.read(flags, env, SettingsFile.parse("test.yaml", file));
  }
}
