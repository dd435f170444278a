package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.ampay.conformance.Proves;
import org.ampay.station.KnockWatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

  private static final String V16 = "Sec-WebSocket-Protocol: ocpp1.6";

  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    gateway =
        new TestGateway(
            TestGateway.settings().with(new GatewaySettings.Timeouts(1, 60, 20, 30, 30)));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/ocpp/CP1,101",
    "/ocpp/CP1?token=x,101",
    "/ocpp/%43P1,101",
    "/ocpp/%E7%AB%99%201,101",
    "/ocpp/cp1,404",
    "/ocpp/CP99,404",
    "/ocpp/CP1/,404",
    "/ocpp/a/CP1,404",
    "/ocpp/,404",
    "/ocpp,404",
    "/,404",
    "/other/CP1,404",
    "/ocpp/CP%3A1,404",
    "/ocpp/CP%zz,404",
    "/ocpp/CP%4,404",
    "/ocpp/%ff%fe,404",
    "/ocpp/..%2FCP1,404"
  })
  @Proves({"1.6/connection/1", "P4.3.1", "P4.3.2a"})
  void path_decidesWhichStation(String path, int status) throws IOException {
    try (RawStation station = gateway.socket()) {
      assertThat(station.upgrade(path, V16)).isEqualTo(status);
    }
  }

  @Test
  @Proves("1.6/connection/2")
  void tooLongIdentity_isUnknown_tooLongRequest_isRefused() throws IOException {
    try (RawStation station = gateway.socket()) {
      assertThat(station.upgrade("/ocpp/" + "C".repeat(49), V16)).isEqualTo(404);
    }
    try (RawStation station = gateway.socket()) {
      assertThat(station.upgrade("/ocpp/" + "C".repeat(10_000), V16)).isBetween(400, 499);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'ocpp1.6',ocpp1.6",
    "'ocpp2.0.1',ocpp2.0.1",
    "'ocpp2.0.1, ocpp1.6',ocpp2.0.1",
    "'ocpp1.6,ocpp2.0.1',ocpp1.6",
    "'ocpp2.1, ocpp2.0, ocpp1.6',ocpp1.6"
  })
  @Proves({"1.6/connection/4", "P4.3.2c"})
  void subprotocol_isTheFirstOfTheStationsListThatWeSpeak(String offered, String chosen)
      throws IOException {
    try (RawStation station = gateway.socket()) {
      assertThat(station.upgrade("/ocpp/CP2", "Sec-WebSocket-Protocol: " + offered)).isEqualTo(101);
      assertThat(station.header("sec-websocket-protocol")).isEqualTo(chosen);
      assertThat(station.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(station.ask("[2,\"1\",\"Heartbeat\",{}]")).startsWith("[3,\"1\",");
    }
  }

  @Test
  void subprotocolsInSeveralHeaders_areOneList() throws IOException {
    try (RawStation station = gateway.socket()) {
      station.upgrade("/ocpp/CP2", "Sec-WebSocket-Protocol: ocpp2.1", V16);
      assertThat(station.header("sec-websocket-protocol")).isEqualTo("ocpp1.6");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Protocol: ocpp1.5, OCPP1.6", "X-None: 1"})
  @Proves({"1.6/connection/3", "P4.3.2b"})
  void noCommonSubprotocol_finishesTheHandshakeAndCloses(String header) throws IOException {
    try (RawStation station = gateway.socket()) {
      assertThat(station.upgrade("/ocpp/CP3", header)).isEqualTo(101);
      assertThat(station.header("sec-websocket-protocol")).isEmpty();
      assertThat(station.closeCode()).isEqualTo(1002);
      assertThat(station.ends()).isTrue();
    }
    assertThat(gateway.server.isConnected(3)).isFalse();
  }

  @Test
  @Proves({"1.6/A00/2", "A00.FR.204", "A00.FR.207"})
  void password_isChecked() throws IOException {
    String[] wrong = {
      "X-None: 1",
      RawStation.basic("SEC1", "wrong"),
      RawStation.basic("CP1", TestGateway.PASSWORD),
      "Authorization: Bearer " + TestGateway.PASSWORD,
      "Authorization: Basic %%%",
      "Authorization: Basic bm9jb2xvbg=="
    };
    for (String header : wrong) {
      try (RawStation station = gateway.socket()) {
        assertThat(station.upgrade("/ocpp/SEC1", V16, header)).as(header).isEqualTo(401);
        assertThat(station.header("www-authenticate")).startsWith("Basic realm=");
        assertThat(station.ends() || !station.header("content-length").isEmpty()).isTrue();
      }
    }
    try (RawStation station = gateway.socket()) {
      assertThat(station.upgrade("/ocpp/SEC1", V16, RawStation.basic("SEC1", TestGateway.PASSWORD)))
          .isEqualTo(101);
    }
    try (RawStation station = gateway.socket()) {
      assertThat(
              station.upgrade("/ocpp/NOONE", V16, RawStation.basic("NOONE", TestGateway.PASSWORD)))
          .isEqualTo(404);
    }
  }

  @Test
  void whoIsUnknown_isNoted_butNeverItsPassword() throws IOException {
    try (RawStation station = gateway.socket()) {
      station.upgrade("/ocpp/KNOCKS-1", V16, RawStation.basic("KNOCKS-1", TestGateway.PASSWORD));
    }
    assertThat(gateway.knocks)
        .filteredOn(knock -> knock.identity().equals("KNOCKS-1"))
        .containsExactly(new KnockWatch.Knock("KNOCKS-1", "127.0.0.1", "ocpp1.6", true));
    try (RawStation station = gateway.socket()) {
      station.upgrade("/ocpp/CP1", V16);
    }
    assertThat(gateway.knocks).noneMatch(knock -> knock.identity().equals("CP1"));
  }

  @Test
  void otherRequests_areToldToUpgrade() throws IOException {
    try (RawStation station = gateway.socket()) {
      assertThat(station.request("GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\n\r\n")).isEqualTo(426);
      assertThat(station.header("upgrade")).isEqualTo("websocket");
      assertThat(station.header("sec-websocket-version")).isEqualTo("13");
    }
    try (RawStation station = gateway.socket()) {
      assertThat(
              station.request(
                  "GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Version: 8\r\n"
                      + "Sec-WebSocket-Key: x\r\n\r\n"))
          .isEqualTo(426);
    }
    try (RawStation station = gateway.socket()) {
      assertThat(
              station.request(
                  "POST /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: x\r\nContent-Length: 0\r\n\r\n"))
          .isEqualTo(400);
    }
    try (RawStation station = gateway.socket()) {
      assertThat(station.request("nonsense\r\n\r\n")).isEqualTo(400);
    }
  }

  @Test
  void nothingSaid_isClosedInTime() throws IOException {
    try (RawStation station = gateway.socket()) {
      assertThat(station.ends()).isTrue();
    }
  }

  @Test
  void tooManyStations_areTurnedAway_reconnectsAreNot() throws IOException {
    GatewaySettings few =
        TestGateway.settings().with(new GatewaySettings.Limits(1, 48, 1 << 20, 64, 2_000, 1 << 18));
    try (TestGateway small = new TestGateway(few);
        RawStation first = small.v16("CP1");
        RawStation other = small.socket()) {
      assertThat(other.upgrade("/ocpp/CP2", V16)).isEqualTo(503);
      other.close();
      try (RawStation again = small.v16("CP1")) {
        assertThat(first.closeCode()).isEqualTo(1000);
        assertThat(again.ask("[2,\"1\",\"Heartbeat\",{}]")).startsWith("[3,\"1\",");
      }
    }
  }
}
