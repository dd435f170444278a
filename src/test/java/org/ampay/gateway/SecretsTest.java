package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.ampay.conformance.Proves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2,\"1\",\"ChangeConfiguration\",{\"key\":\"AuthorizationKey\",\"value\":\"S3CRET\"}]",
        "[2,\"1\",\"ChangeConfiguration\",{\"value\":\"S3CRET\",\"key\":\"authorizationkey\"}]",
        "[2,\"1\",\"ChangeConfiguration\",{\"key\":\"Authorization\\u004bey\",\"value\":\"S3CRET\"}]",
        "[3,\"1\",{\"configurationKey\":[{\"key\":\"AuthorizationKey\",\"readonly\":false,"
            + "\"value\":\"S3CRET\"}]}]",
        "[2,\"1\",\"SetVariables\",{\"setVariableData\":[{\"attributeValue\":\"S3CRET\","
            + "\"component\":{\"name\":\"SecurityCtrlr\"},\"variable\":{\"name\":"
            + "\"BasicAuthPassword\"}}]}]",
        "[2,\"1\",\"NotifyReport\",{\"reportData\":[{\"variable\":{\"name\":\"BasicAuthPassword\"},"
            + "\"variableAttribute\":[{\"value\":\"S3CRET\"}]}]}]",
        "[2,\"1\",\"SetNetworkProfile\",{\"connectionData\":{\"apn\":{\"apnPassword\":\"S3CRET\"},"
            + "\"vpn\":{\"password\":\"S3CRET\"}}}]",
        "[2,\"1\",\"Authorize\",{\"idToken\":{\"idToken\":\"S3CRET\",\"type\":\"KeyCode\"}}]",
        "[2,\"1\",\"GetDiagnostics\",{\"location\":\"ftp://user:S3CRET@host/dir\"}]",
        "[2,\"1\",\"GetDiagnostics\",{\"location\":\"ftp:\\/\\/user:S3CRET@host\"}]",
        "[2,\"1\",\"SetNetworkProfile\",{\"connectionData\":{\"vpn\":{\"user\":\"u\","
            + "\"key\":\"S3CRET\"},\"apn\":{\"simPin\":1234,\"apnPassword\":\"S3CRET\"}}}]",
        "[2,\"1\",\"SetNetworkProfile\",{\"connectionData\":{\"vpn\":{\"key\":\"S3CRET\"}}}]",
        "[2,\"1\",\"ChangeConfiguration\",{\"key\":\"AuthorizationKey\",\"value\":\"S3CRET\""
      })
  @Proves({"A01.FR.09", "C04.FR.04"})
  void secrets_areTakenOut(String frame) {
    assertThat(Secrets.masked(frame)).doesNotContain("S3CRET");
  }

  @Test
  void maskedFrame_keepsTheRest() {
    assertThat(
            Secrets.masked(
                "[2,\"1\",\"ChangeConfiguration\",{\"key\":\"AuthorizationKey\",\"value\":\"x\"}]"))
        .isEqualTo(
            "[2,\"1\",\"ChangeConfiguration\",{\"key\":\"AuthorizationKey\",\"value\":\"***\"}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2, \"1\",\"Heartbeat\" ,{}]",
        "nonsense",
        "[2,\"1\",\"X\",{\"a\": 1.50, \"b\":\"\\u00e9\"}]",
        "[2,\"1\",\"X\",{\"reason\":\"password wrong\",\"n\": 1.50}]"
      })
  void framesWithoutSecrets_stayAsTheyCame(String frame) {
    assertThat(Secrets.masked(frame)).isEqualTo(frame);
  }
}
