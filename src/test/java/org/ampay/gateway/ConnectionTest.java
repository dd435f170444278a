package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.DataFormatException;
import org.ampay.charging.SessionReply;
import org.ampay.conformance.Proves;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Life and end of connections. */
class ConnectionTest {

  private static final String HEARTBEAT = "[2,\"h\",\"Heartbeat\",{}]";
  private static final String METER_VALUES =
      "[2,\"m\",\"MeterValues\",{\"connectorId\":1,\"meterValue\":[{\"timestamp\":"
          + "\"2026-03-02T08:00:00Z\",\"sampledValue\":[{\"value\":\"1\"}]}]}]";

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void restart(GatewaySettings settings) {
    gateway.close();
    gateway = new TestGateway(settings);
  }

  @Test
  void newConnection_replacesTheOld_whoseEndChangesNothing() throws IOException {
    try (RawStation old = gateway.v16("CP1");
        RawStation fresh = gateway.v201("CP1")) {
      assertThat(old.closeCode()).isEqualTo(1000);
      assertThat(old.ends()).isTrue();
      assertThat(fresh.ask("[2,\"h\",\"Heartbeat\",{}]")).startsWith("[3,\"h\",");
      assertThat(gateway.server.isConnected(1)).isTrue();
      assertThat(gateway.rooms.life).contains("connected CP1 1.6", "connected CP1 2.0.1");
      assertThat(gateway.rooms.life).doesNotContain("disconnected CP1");
    }
    TestGateway.eventually(() -> gateway.rooms.life.contains("disconnected CP1"));
    assertThat(gateway.server.connections()).isZero();
  }

  @Test
  @Proves({"G02.FR.04", "1.6/Heartbeat/2"})
  void signOfLife_isTold_ofAnyMessage() throws IOException {
    try (RawStation station = gateway.v16("CP1")) {
      station.ask(METER_VALUES);
      assertThat(gateway.rooms.life).contains("seen 1");
    }
  }

  @Test
  @Proves("P4.5.2")
  void pings_areAnswered_andCloseIsEchoed() throws IOException {
    try (RawStation station = gateway.v16("CP1")) {
      station.frame(0x80 | RawStation.PING, new byte[] {7, 8});
      RawStation.WsFrame pong = station.next();
      assertThat(pong.opcode()).isEqualTo(RawStation.PONG);
      assertThat(pong.payload()).containsExactly(7, 8);
      station.frame(0x80 | RawStation.CLOSE, new byte[] {3, (byte) 0xe8});
      assertThat(station.closeCode()).isEqualTo(1000);
      assertThat(station.ends()).isTrue();
    }
  }

  @Test
  void silentPeer_isPingedAndGivenUp_livingPeerStays() throws IOException {
    restart(TestGateway.settings().with(new GatewaySettings.Timeouts(10, 1, 1, 30, 30)));
    try (RawStation dead = gateway.v16("CP1");
        RawStation alive = gateway.v16("CP2")) {
      CompletableFuture<Integer> pongs = CompletableFuture.supplyAsync(() -> answerPings(alive, 4));
      assertThat(dead.next().opcode()).isEqualTo(RawStation.PING);
      assertThat(dead.ends()).isTrue();
      assertThat(pongs.join()).isEqualTo(4);
      assertThat(gateway.violations("silent")).isEqualTo(1);
      assertThat(gateway.server.isConnected(2)).isTrue();
    }
  }

  private static int answerPings(RawStation station, int count) {
    try {
      for (int i = 0; i < count; i++) {
        assertThat(station.next().opcode()).isEqualTo(RawStation.PING);
        station.frame(0x80 | RawStation.PONG, new byte[0]);
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void fragments_areOneMessage_withControlFramesBetween() throws IOException {
    try (RawStation station = gateway.v16("CP1")) {
      station.frame(RawStation.TEXT, "[2,\"h\",\"Hea".getBytes(StandardCharsets.UTF_8));
      station.frame(0x80 | RawStation.PING, new byte[0]);
      assertThat(station.next().opcode()).isEqualTo(RawStation.PONG);
      station.frame(0, "rtbeat\"".getBytes(StandardCharsets.UTF_8));
      station.frame(0x80, ",{}]".getBytes(StandardCharsets.UTF_8));
      assertThat(station.reply()).startsWith("[3,\"h\",");
    }
  }

  @Test
  void largeMessage_passes_tooLargeOne_closes_alsoInFragments() throws IOException {
    String large =
        "[2,\"d\",\"DataTransfer\",{\"vendorId\":\"x\",\"data\":\"" + "a".repeat(900_000) + "\"}]";
    try (RawStation station = gateway.v16("CP1")) {
      assertThat(station.ask(large)).contains("UnknownVendorId");
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      RawStation.header(header, 0x80 | RawStation.TEXT, 1L << 40);
      station.bytes(header.toByteArray());
      assertThat(station.closeCode()).isEqualTo(1009);
    }
    try (RawStation station = gateway.v16("CP1")) {
      station.frame(RawStation.TEXT, large.getBytes(StandardCharsets.UTF_8));
      station.frame(0, large.getBytes(StandardCharsets.UTF_8));
      assertThat(station.closeCode()).isEqualTo(1009);
    }
    assertThat(gateway.violations("too_large")).isEqualTo(2);
  }

  @Test
  void brokenWebSocket_isClosed() throws IOException {
    try (RawStation unmasked = gateway.v16("CP1")) {
      unmasked.bytes(new byte[] {(byte) 0x81, 1, 'x'});
      assertThat(unmasked.closeCode()).isEqualTo(1002);
    }
    try (RawStation noUtf8 = gateway.v16("CP2")) {
      noUtf8.frame(0x80 | RawStation.TEXT, new byte[] {(byte) 0xc3, 0x28});
      assertThat(noUtf8.closeCode()).isEqualTo(1007);
    }
    try (RawStation binary = gateway.v16("CP3")) {
      binary.frame(0x80 | RawStation.BINARY, HEARTBEAT.getBytes(StandardCharsets.UTF_8));
      assertThat(binary.closeCode()).isEqualTo(1003);
    }
    assertThat(gateway.violations("binary")).isEqualTo(1);
  }

  @Test
  @Proves("P4.3.3")
  void compression_isAgreedAndUsed() throws IOException, DataFormatException {
    restart(TestGateway.settings().with(new GatewaySettings.Compression(true, 6, 20)));
    try (RawStation station = gateway.socket()) {
      assertThat(
              station.upgrade(
                  "/ocpp/CP1",
                  "Sec-WebSocket-Protocol: ocpp1.6",
                  "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover;"
                      + " server_no_context_takeover"))
          .isEqualTo(101);
      assertThat(station.header("sec-websocket-extensions"))
          .contains("permessage-deflate", "server_no_context_takeover");
      station.frame(
          0xc0 | RawStation.TEXT, RawStation.deflated(HEARTBEAT.getBytes(StandardCharsets.UTF_8)));
      RawStation.WsFrame answer = station.next();
      assertThat(answer.compressed()).isTrue();
      assertThat(RawStation.inflated(answer.payload())).startsWith("[3,\"h\",{\"currentTime\"");
      assertThat(station.ask(HEARTBEAT)).isNotEmpty();
    }
  }

  @Test
  void bomb_isNotUnpacked() throws IOException {
    try (RawStation station = gateway.socket()) {
      station.upgrade(
          "/ocpp/CP1",
          "Sec-WebSocket-Protocol: ocpp1.6",
          "Sec-WebSocket-Extensions: permessage-deflate");
      station.frame(0xc0 | RawStation.TEXT, RawStation.deflated(new byte[64 << 20]));
      assertThat(station.closeCode()).isIn(1002, 1009);
      assertThat(station.ends()).isTrue();
    }
  }

  @Test
  void compressedWithoutAgreement_isBroken() throws IOException {
    try (RawStation station = gateway.v16("CP1")) {
      station.frame(
          0xc0 | RawStation.TEXT, RawStation.deflated(HEARTBEAT.getBytes(StandardCharsets.UTF_8)));
      assertThat(station.closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void slowReader_isGivenUp_othersAreNotDisturbed() throws IOException {
    restart(
        TestGateway.settings()
            .with(new GatewaySettings.Limits(10, 48, 1 << 20, 1_024, 1_000_000, 2_048))
            .with(new GatewaySettings.Timeouts(10, 60, 20, 1, 30)));
    String id = "x".repeat(200);
    byte[] call =
        RawStation.encoded(
            0x80 | RawStation.TEXT,
            ("[2,\"" + id + "\",\"Heartbeat\",{}]").getBytes(StandardCharsets.UTF_8));
    try (RawStation slow = new RawStation(gateway.address, 4_096);
        RawStation other = gateway.v16("CP2")) {
      slow.upgrade("/ocpp/CP1", "Sec-WebSocket-Protocol: ocpp1.6");
      boolean cut = false;
      for (int i = 0; i < 400_000 && !cut; i++) {
        try {
          slow.bytes(call);
        } catch (IOException e) {
          cut = true;
        }
      }
      assertThat(cut).isTrue();
      TestGateway.eventually(() -> gateway.violations("slow_reader") == 1);
      assertThat(other.ask(HEARTBEAT)).startsWith("[3,\"h\",");
    }
  }

  @Test
  void floodOfCalls_isReadSlowly_andAnsweredWhole() throws IOException {
    restart(
        TestGateway.settings()
            .with(new GatewaySettings.Limits(10, 48, 1 << 20, 1_024, 200, 1 << 18)));
    try (RawStation station = gateway.v16("CP1")) {
      byte[] call =
          RawStation.encoded(0x80 | RawStation.TEXT, HEARTBEAT.getBytes(StandardCharsets.UTF_8));
      ByteArrayOutputStream calls = new ByteArrayOutputStream();
      for (int i = 0; i < 500; i++) {
        calls.writeBytes(call);
      }
      station.bytes(calls.toByteArray());
      for (int i = 0; i < 500; i++) {
        assertThat(station.reply()).startsWith("[3,\"h\",");
      }
      assertThat(gateway.violations("rate")).isPositive();
    }
  }

  @Test
  @Proves({"1.6/connection/6"})
  void waitingCalls_areAnsweredOneByOneInOrder() throws IOException {
    List<CompletableFuture<SessionReply>> open = new CopyOnWriteArrayList<>();
    gateway.rooms.sessions =
        report -> {
          CompletableFuture<SessionReply> reply = new CompletableFuture<>();
          open.add(reply);
          return reply;
        };
    try (RawStation station = gateway.v16("CP1")) {
      for (int i = 0; i < 400; i++) {
        station.text(METER_VALUES.replace("\"m\"", "\"m" + i + "\""));
      }
      for (int i = 0; i < 400; i++) {
        int seen = i + 1;
        TestGateway.eventually(() -> open.size() >= seen);
        assertThat(open).hasSize(seen);
        open.get(i).complete(new SessionReply.Stored());
        assertThat(station.reply()).isEqualTo("[3,\"m" + i + "\",{}]");
      }
    }
  }

  @Test
  void fullMailbox_closes() throws IOException {
    restart(
        TestGateway.settings()
            .with(new GatewaySettings.Limits(10, 48, 1 << 20, 8, 2_000, 1 << 18)));
    gateway.rooms.sessions = report -> new CompletableFuture<>();
    try (RawStation station = gateway.v16("CP1")) {
      ByteArrayOutputStream calls = new ByteArrayOutputStream();
      calls.writeBytes(encoded(METER_VALUES));
      for (int i = 0; i < 30; i++) {
        calls.writeBytes(encoded("[2,\"" + i + "\",\"X\",{}]"));
      }
      station.bytes(calls.toByteArray());
      assertThat(station.closeCode()).isEqualTo(1008);
      assertThat(gateway.violations("mailbox_full")).isEqualTo(1);
    }
    assertThat(gateway.rooms.reports).hasSize(1);
  }

  private static byte[] encoded(String text) {
    return RawStation.encoded(0x80 | RawStation.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void drain_letsTheRunningCallBeAnswered() throws Exception {
    CompletableFuture<SessionReply> running = new CompletableFuture<>();
    gateway.rooms.sessions = report -> running;
    try (RawStation busy = gateway.v16("CP1");
        RawStation idle = gateway.v16("CP2")) {
      busy.text(METER_VALUES);
      busy.text(HEARTBEAT);
      TestGateway.eventually(() -> gateway.rooms.reports.size() == 1);
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> gateway.server.drain(Duration.ofSeconds(10)));
      assertThat(idle.closeCode()).isEqualTo(1001);
      running.complete(new SessionReply.Stored());
      assertThat(busy.reply()).isEqualTo("[3,\"m\",{}]");
      assertThat(busy.closeCode()).isEqualTo(1001);
      assertThat(drained.get()).isTrue();
    }
    TestGateway.eventually(() -> gateway.server.connections() == 0);
  }

  @Test
  void dismissedStation_mustConnectAnew() throws IOException {
    try (RawStation station = gateway.v16("CP1")) {
      gateway.server.disconnect(1);
      assertThat(station.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void deletedStation_isCutOff_others_stay() throws IOException {
    try (RawStation deleted = gateway.v16("CP1");
        RawStation other = gateway.v16("CP2")) {
      gateway.delete("CP1");
      gateway.server.disconnectDeleted();
      assertThat(deleted.closeCode()).isEqualTo(1008);
      assertThat(other.ask(HEARTBEAT)).startsWith("[3,");
    }
  }
}
