package org.ampay.station.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.util.List;
import org.ampay.conformance.Proves;
import org.junit.jupiter.api.Test;

class CsrRulesTest {

  private static final List<String> NAMES = List.of("CP1", "SN-77");

  private static CsrRules.Parsed check(String csr, SigningUse use) {
    return CsrRules.check(csr, use, NAMES, "Ampay");
  }

  private static void refused(String csr, String why) {
    assertThatThrownBy(() -> check(csr, SigningUse.STATION))
        .isInstanceOf(BadCertificateException.class)
        .hasMessageContaining(why);
  }

  @Test
  void identityOrSerialNumberAsName_isTaken() {
    assertThat(check(TestPki.csr("O=Ampay,CN=CP1"), SigningUse.STATION).commonName())
        .isEqualTo("CP1");
    assertThat(check(TestPki.csr("O=Ampay,CN=SN-77"), SigningUse.COMBINED).commonName())
        .isEqualTo("SN-77");
    // Without O the operator's name is filled in.
    assertThat(check(TestPki.csr("CN=CP1"), SigningUse.STATION).commonName()).isEqualTo("CP1");
    // Towards vehicles the name is the station's own.
    assertThat(check(TestPki.csr("CN=DE*ABC*E1"), SigningUse.V2G).commonName())
        .isEqualTo("DE*ABC*E1");
  }

  @Test
  void namesOfOthers_areRefused() {
    refused(TestPki.csr("O=Ampay,CN=CP2"), "CN 'CP2'");
    refused(TestPki.csr("O=Somebody,CN=CP1"), "O 'Somebody'");
    refused(TestPki.csr("O=Ampay"), "no CN");
    refused(TestPki.csr("O=Ampay,CN=CP1,CN=CP2"), "twice");
  }

  @Test
  @Proves("A00.FR.501")
  void weakKeys_areRefused() {
    KeyPair weak = TestPki.rsa(1_024);
    refused(TestPki.csr(weak, weak.getPrivate(), "O=Ampay,CN=CP1"), "1024 bits");
    KeyPair strong = TestPki.rsa(2_048);
    String csr = TestPki.csr(strong, strong.getPrivate(), "O=Ampay,CN=CP1");
    assertThat(check(csr, SigningUse.STATION).commonName()).isEqualTo("CP1");
  }

  @Test
  void requestSignedWithAnotherKey_isRefused() {
    refused(TestPki.csr(TestPki.ec(), TestPki.ec().getPrivate(), "O=Ampay,CN=CP1"), "signature");
  }

  @Test
  void textThatIsNoRequest_isRefusedWithAClearLine() {
    refused("", "no block");
    refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "is called");
    refused(
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
        "no PKCS#10");
    refused("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----", "private key");
  }
}
