package org.ampay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ServerLogTest {

  private static String diagnose(String tail) {
    return ServerLog.diagnose(tail, Path.of("db.log"));
  }

  @Test
  void missingLibrary_namesItsPackage() {
    assertThat(
            diagnose(
                "/x/mariadbd: error while loading shared libraries: libcrypt.so.1: cannot open"
                    + " shared object file: No such file or directory"))
        .contains("libcrypt.so.1")
        .contains("libxcrypt-compat")
        .contains("AMPAY_DB_URL");
  }

  @Test
  void oldLibc_isNamed() {
    assertThat(
            diagnose(
                "mariadbd: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.28' not found"
                    + " (required by mariadbd)"))
        .contains("GLIBC_2.28");
  }

  @Test
  void firstError_isQuoted() {
    assertThat(
            diagnose(
                """
                2026-01-01 InnoDB: starting
                2026-01-01 [ERROR] Can't start server: Bind on TCP/IP port: Address in use
                2026-01-01 [ERROR] Aborting
                """))
        .contains("Bind on TCP/IP port")
        .contains("db.log");
  }
}
