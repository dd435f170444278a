package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ampay.gateway.WrongTries.Pace;
import org.junit.jupiter.api.Test;

class WrongTriesTest {

  private static final long SECOND = 1_000_000_000L;

  private final WrongTries tries = new WrongTries();

  @Test
  void manyWrongTries_areAnsweredLate_fewAtOnce() throws UnknownHostException {
    InetSocketAddress guesser = address(192, 0, 2, 1);
    for (int i = 0; i < 100; i++) {
      assertThat(tries.wrong(guesser, 0)).isEqualTo(Pace.AT_ONCE);
    }
    assertThat(tries.wrong(guesser, 0)).isEqualTo(Pace.LATE);
    assertThat(tries.wrong(address(192, 0, 2, 2), 0)).isEqualTo(Pace.AT_ONCE);
    assertThat(tries.wrong(guesser, 2 * SECOND)).isEqualTo(Pace.AT_ONCE);
  }

  @Test
  void refusalsThatWait_areBounded() throws UnknownHostException {
    InetSocketAddress guesser = address(192, 0, 2, 1);
    for (int i = 0; i < 2_100; i++) {
      tries.wrong(guesser, 0);
    }
    assertThat(tries.wrong(guesser, 0)).isEqualTo(Pace.NEVER);
    tries.answered();
    assertThat(tries.wrong(guesser, 0)).isEqualTo(Pace.LATE);
  }

  @Test
  void addresses_areForgotten_theOldestFirst() throws UnknownHostException {
    for (int i = 0; i < 20_000; i++) {
      tries.wrong(address(10, 0, i >> 8, i & 255), 0);
    }
    assertThat(tries.addresses()).isEqualTo(10_000);
  }

  @Test
  void oneNetworkOfIpv6_isOneAddress() throws UnknownHostException {
    for (int i = 0; i < 100; i++) {
      byte[] bytes = new byte[16];
      bytes[0] = 0x20;
      bytes[15] = (byte) i;
      tries.wrong(new InetSocketAddress(InetAddress.getByAddress(bytes), 1), 0);
    }
    assertThat(tries.addresses()).isEqualTo(1);
  }

  @Test
  void rightCredentials_areLetInAtOnce_besideAGuesserOfTheSameAddress() throws IOException {
    String protocol = "Sec-WebSocket-Protocol: ocpp1.6";
    List<RawStation> guessers = new ArrayList<>();
    try (TestGateway gateway = new TestGateway()) {
      for (int i = 0; i < 120; i++) {
        RawStation guesser = gateway.socket();
        guessers.add(guesser);
        guesser.bytes(
            ("GET /ocpp/SEC1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
      }
      TestGateway.eventually(
          () -> gateway.count("ampay.gateway.handshakes", "status", "401") == 120);
      long before = System.nanoTime();
      try (RawStation station = gateway.socket()) {
        String right = RawStation.basic("SEC1", TestGateway.PASSWORD);
        assertThat(station.upgrade("/ocpp/SEC1", protocol, right)).isEqualTo(101);
      }
      assertThat(System.nanoTime() - before).isLessThan(WrongTries.DELAY_SECONDS * SECOND);
      for (RawStation guesser : guessers) {
        guesser.close();
      }
    }
  }

  private static InetSocketAddress address(int a, int b, int c, int d) throws UnknownHostException {
    byte[] bytes = {(byte) a, (byte) b, (byte) c, (byte) d};
    return new InetSocketAddress(InetAddress.getByAddress(bytes), 4_711);
  }
}
