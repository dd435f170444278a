package org.ampay.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UrlSecretsTest {

  @Test
  void userAndPassword_areTakenOut() {
    assertThat(UrlSecrets.masked("ftp://logger:p%40ss@host/in")).isEqualTo("ftp://***@host/in");
    assertThat(UrlSecrets.masked("{\"location\":\"ftp:\\/\\/a:b@host\\/\"}"))
        .isEqualTo("{\"location\":\"ftp:\\/\\/***@host\\/\"}");
  }

  @Test
  void tokenOfAFileLink_isTakenOut_andItsFileNameStays() {
    assertThat(UrlSecrets.masked("http://h:1/station-files/up/AbC-_9/log.txt"))
        .isEqualTo("http://h:1/station-files/up/***/log.txt");
  }

  @Test
  void harmlessText_staysAsItIs() {
    for (String text : new String[] {"", "https://host/a?b=c", "mail me @ noon", "a@b.example"}) {
      assertThat(UrlSecrets.masked(text)).isSameAs(text);
      assertThat(UrlSecrets.isMasked(text)).isFalse();
    }
  }
}
