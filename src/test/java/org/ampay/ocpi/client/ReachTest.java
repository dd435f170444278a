package org.ampay.ocpi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses of partners are called. */
class ReachTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/x",
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://[fe80::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://localhost/"
      })
  void addressesInside_areCalledOnlyWhereThatIsAllowed(String url) {
    assertThatThrownBy(() -> new Reach(false).check(URI.create(url)))
        .hasMessageContaining("inside our own network");
    assertThatCode(() -> new Reach(true).check(URI.create(url))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://93.184.216.34/", "https:/x", "mailto:a@b"})
  void otherSchemes_areNeverCalled(String url) {
    assertThatThrownBy(() -> new Reach(true).check(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "8.8.8.8", "100.128.0.1", "2606:2800:220:1::1"})
  void outside_isCalledByTlsOnly(String address) throws Exception {
    assertThat(Reach.isInside(InetAddress.getByName(address))).isFalse();
    String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    assertThatCode(() -> new Reach(false).check(URI.create("https://" + host + "/")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new Reach(false).check(URI.create("http://" + host + "/")))
        .hasMessageContaining("https");
  }
}
