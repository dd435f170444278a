package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.ampay.conformance.Proves;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {

  /** Without TLS the gateway is at loopback only. */
  @Test
  @Proves({"A00.FR.201", "1.6/connection/9"})
  void defaults_arePinned() {
    assertThat(GatewaySettings.defaults())
        .isEqualTo(
            new GatewaySettings(
                new GatewaySettings.Listen("127.0.0.1", 9000, "/ocpp/", 0),
                new GatewaySettings.Limits(20_000, 48, 1_048_576, 1_024, 2_000, 262_144),
                new GatewaySettings.Timeouts(10, 60, 20, 30, 30),
                new GatewaySettings.Compression(true, 6, 1_024),
                new GatewaySettings.MessageLogging(true, false, 1_000, 500, 65_536, 30),
                new GatewaySettings.Tls(
                    "127.0.0.1",
                    9443,
                    GatewaySettings.KeyPairFiles.NONE,
                    GatewaySettings.KeyPairFiles.NONE,
                    "",
                    Set.of(),
                    30)));
    assertThat(GatewaySettings.defaults().tls().enabled()).isFalse();
  }

  @Test
  void nonsense_namesTheSetting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GatewaySettings.Limits(0, 48, 1_048_576, 1_024, 2_000, 262_144))
        .withMessageContaining("maxConnections is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GatewaySettings.Listen("127.0.0.1", 9000, "ocpp", 0))
        .withMessageContaining("pathPrefix");
  }
}
