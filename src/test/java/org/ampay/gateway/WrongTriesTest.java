package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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

  private static InetSocketAddress address(int a, int b, int c, int d)
      throws UnknownHostException {
    byte[] bytes = {(byte) a, (byte) b, (byte) c, (byte) d};
    return new InetSocketAddress(InetAddress.getByAddress(bytes), 4_711);
  }
}
