package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.ampay.charging.SessionReply;
import org.ampay.conformance.Proves;
import org.ampay.station.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever a station sends: the answer that the protocol demands, one log line, no harm. */
class BadInputTest {

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense|[4,\"-1\",\"RpcFrameworkError\",\"not JSON\",{}]",
        "[2,\"1\",\"Heartbeat\",{}|[4,\"-1\",\"RpcFrameworkError\",\"not JSON\",{}]",
        "{}|[4,\"-1\",\"RpcFrameworkError\",\"not an array\",{}]",
        "[]|[4,\"-1\",\"RpcFrameworkError\",\"no message type\",{}]",
        "[2]|[4,\"-1\",\"RpcFrameworkError\",\"no message id\",{}]",
        "[2,\"a\"]|[4,\"a\",\"RpcFrameworkError\",\"no action\",{}]",
        "[2,\"a\",\"Heartbeat\"]|[4,\"a\",\"RpcFrameworkError\",\"no payload\",{}]",
        "[9,\"a\",\"x\"]|[4,\"a\",\"MessageTypeNotSupported\",\"unknown message type\",{}]",
        "[2,\"a\",\"Nonsense\",{}]|[4,\"a\",\"NotImplemented\",\"no such action in OCPP"
            + " 2.0.1\",{}]",
        "[2,\"a\",\"Reset\",{}]|[4,\"a\",\"NotSupported\",\"not an action of stations\",{}]",
        "[2,\"a\",\"Heartbeat\",[]]|[4,\"a\",\"FormatViolation\",\"the payload is not an"
            + " object\",{}]",
        "[2,\"a\",\"Heartbeat\",{\"x\":1}]|[4,\"a\",\"FormatViolation\",\"x: unknown field\",{}]"
      })
  @Proves({"FR.03", "P4.4.1.3", "P4.4.2.3"})
  void v201_answersEachWithItsError(String sent, String answer) throws IOException {
    try (RawStation station = gateway.v201("CP1")) {
      assertThat(station.ask(sent)).isEqualTo(answer);
      assertThat(station.ask("[2,\"h\",\"Heartbeat\",{}]")).startsWith("[3,\"h\",");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[2,\"a\",\"Heartbeat\"]|[4,\"a\",\"FormationViolation\",\"no payload\",{}]",
        "[2,\"a\",\"Nonsense\",{}]|[4,\"a\",\"NotImplemented\",\"no such action in OCPP 1.6\",{}]",
        "[2,\"a\",\"Authorize\",{}]|[4,\"a\",\"OccurenceConstraintViolation\",\"idTag:"
            + " missing\",{}]",
        "[2,\"a\",\"Authorize\",{\"idTag\":7}]|[4,\"a\",\"TypeConstraintViolation\",\"idTag: a"
            + " string is wanted\",{}]"
      })
  @Proves("1.6/connection/8")
  void v16_answersEachWithItsError(String sent, String answer) throws IOException {
    try (RawStation station = gateway.v16("CP1")) {
      assertThat(station.ask(sent).replaceAll("(idTag: )[^\"]*", "$1…"))
          .isEqualTo(answer.replaceAll("(idTag: )[^\"]*", "$1…"));
      assertThat(station.ask("[2,\"h\",\"Heartbeat\",{}]")).startsWith("[3,\"h\",");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{}",
        "[]",
        "[7,\"a\",{}]",
        "[3,\"a\",{}]",
        "[3,\"a\"]",
        "[4,\"a\"]",
        "",
        " "
      })
  @Proves("1.6/connection/7")
  void v16_passesOverWhatHasNoAnswer(String sent) throws IOException {
    try (RawStation station = gateway.v16("CP1")) {
      station.text(sent);
      assertThat(station.ask("[2,\"h\",\"Heartbeat\",{}]")).startsWith("[3,\"h\",");
    }
  }

  @Test
  void tooDeep_isAnswered_andOthersGoOn() throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    try (RawStation station = gateway.v201("CP1");
        RawStation other = gateway.v201("CP2")) {
      assertThat(
              station.ask("[2,\"a\",\"DataTransfer\",{\"vendorId\":\"x\",\"data\":" + deep + "}]"))
          .startsWith("[4,\"a\",\"FormatViolation\"");
      assertThat(other.ask("[2,\"h\",\"Heartbeat\",{}]")).startsWith("[3,\"h\",");
    }
  }

  @Test
  @Proves({"FR.04", "B01.FR.10"})
  void beforeBoot_isASecurityError_andBootOpens() throws IOException {
    gateway.registration("CP1", Registration.NONE);
    try (RawStation station = gateway.v201("CP1")) {
      assertThat(station.ask("[2,\"a\",\"Heartbeat\",{}]"))
          .startsWith("[4,\"a\",\"SecurityError\"");
      assertThat(
              station.ask(
                  "[2,\"b\",\"BootNotification\",{\"reason\":\"PowerUp\",\"chargingStation\":"
                      + "{\"model\":\"M\",\"vendorName\":\"V\"}}]"))
          .contains("\"status\":\"Accepted\"");
      assertThat(station.ask("[2,\"c\",\"Heartbeat\",{}]")).startsWith("[3,\"c\",");
    }
    try (RawStation again = gateway.v201("CP1")) {
      assertThat(again.ask("[2,\"d\",\"Heartbeat\",{}]")).startsWith("[3,\"d\",");
    }
    assertThat(gateway.violations("not_accepted")).isEqualTo(1);
  }

  @Test
  void duplicateId_isJudgedByItsContent() throws IOException {
    CompletableFuture<SessionReply> first = new CompletableFuture<>();
    gateway.rooms.sessions = report -> first;
    String call =
        "[2,\"a\",\"MeterValues\",{\"evseId\":1,\"meterValue\":[{\"timestamp\":"
            + "\"2026-03-02T08:00:00Z\",\"sampledValue\":[{\"value\":1}]}]}]";
    try (RawStation station = gateway.v201("CP1")) {
      station.text(call);
      station.text(call);
      TestGateway.eventually(() -> gateway.violations("duplicate_id") == 1);
      first.complete(new SessionReply.Stored());
      assertThat(station.reply()).isEqualTo("[3,\"a\",{}]");
      assertThat(station.reply()).isEqualTo("[3,\"a\",{}]");
    }
    assertThat(gateway.rooms.reports).hasSize(2);
    assertThat(gateway.rooms.reports.getFirst().frame()).isEqualTo(call);
  }

  @Test
  @Proves("1.6/connection/10")
  void notStored_isNotAnswered() throws IOException {
    gateway.rooms.answer(new SessionReply.Unavailable("away"));
    try (RawStation station = gateway.v201("CP1")) {
      station.text(
          "[2,\"a\",\"MeterValues\",{\"evseId\":1,\"meterValue\":[{\"timestamp\":"
              + "\"2026-03-02T08:00:00Z\",\"sampledValue\":[{\"value\":1}]}]}]");
      assertThat(station.closeCode()).isEqualTo(1013);
    }
    gateway.rooms.connectorStored = CompletableFuture.failedFuture(new IllegalStateException("x"));
    try (RawStation station = gateway.v16("CP1")) {
      station.text(
          "[2,\"a\",\"StatusNotification\",{\"connectorId\":1,\"errorCode\":\"NoError\","
              + "\"status\":\"Available\"}]");
      assertThat(station.closeCode()).isEqualTo(1013);
    }
  }

  @Test
  void fault_isAnInternalError_andTheNextCallIsAnswered() throws IOException {
    gateway.rooms.sessions =
        report -> {
          throw new IllegalStateException("a bug");
        };
    try (RawStation station = gateway.v201("CP1")) {
      assertThat(
              station.ask(
                  "[2,\"a\",\"MeterValues\",{\"evseId\":1,\"meterValue\":[{\"timestamp\":"
                      + "\"2026-03-02T08:00:00Z\",\"sampledValue\":[{\"value\":1}]}]}]"))
          .isEqualTo("[4,\"a\",\"InternalError\",\"internal error\",{}]");
      assertThat(station.ask("[2,\"h\",\"Heartbeat\",{}]")).startsWith("[3,\"h\",");
    }
  }

  @Test
  void log_hasOneLineAViolation_withStationAndId_andIsLimited() throws IOException {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(ViolationLog.class);
    lines.start();
    logger.addAppender(lines);
    try (RawStation station = gateway.v201("CP1")) {
      String answer =
          station.ask("[2,\"id\\n\",\"Authorize\",{\"idToken\":{\"idToken\":\"secret\"}}]");
      assertThat(answer).startsWith("[4,\"id\\n\",\"OccurrenceConstraintViolation\"");
      assertThat(lines.list).hasSize(1);
      assertThat(lines.list.getFirst().getFormattedMessage())
          .startsWith("station CP1 message id?: schema: Authorize: idToken.type")
          .doesNotContain("secret");
      for (int i = 0; i < 20; i++) {
        station.ask("nonsense");
      }
      assertThat(lines.list).hasSize(21);
      for (int i = 0; i < 300; i++) {
        station.ask("nonsense");
      }
      assertThat(lines.list).hasSizeLessThan(100);
      assertThat(gateway.violations("malformed")).isEqualTo(320);
    } finally {
      logger.detachAppender(lines);
    }
  }

  @Test
  @Proves("P4.4.1.2")
  void chineseAndControlCharacters_arriveUnaltered() throws IOException {
    String call =
        "[2,\"a\",\"BootNotification\",{\"chargePointVendor\":\"星星\\u0007<b>\","
            + "\"chargePointModel\":\"M\"}]";
    try (RawStation station = gateway.v16("CP1")) {
      station.text(call);
      assertThat(station.reply()).startsWith("[3,\"a\",");
    }
    assertThat(gateway.rooms.boots.getFirst().vendor()).isEqualTo("星星\u0007<b>");
    assertThat(new String(gateway.logged.element().frame(), StandardCharsets.UTF_8))
        .isEqualTo(call);
  }
}
