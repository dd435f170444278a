package org.ampay.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a new data folder: the system tables and one user with a password, nobody else. Built
 * beside its place and renamed when whole, so that an interrupted installation leaves nothing that
 * looks like data.
 */
final class Installer {

  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql");

  private Installer() {}

  static void install(Binaries binaries, Directory directory) throws IOException {
    if (Files.isDirectory(directory.data())) {
      return;
    }
    Path fresh = directory.root().resolve("db.new");
    Binaries.deleteTree(fresh);
    Files.createDirectories(fresh.resolve("mysql"));
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
    List<String> command = new ArrayList<>();
    command.add(binaries.server().toString());
    command.addAll(ServerProcess.places(binaries, fresh));
    command.addAll(
        List.of(
            "--bootstrap",
            "--log-warnings=0",
            "--enforce-storage-engine=",
            "--max-allowed-packet=8M",
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-file-size=16M",
            "--innodb-flush-log-at-trx-commit=0"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
            .start();
    int status = feed(process, directory.newPassword());
    if (status != 0) {
      throw new EmbeddedDatabaseException(
          "cannot install the embedded database: " + ServerLog.diagnosis(directory.log()));
    }
    Files.move(fresh, directory.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static int feed(Process process, String password) throws IOException {
    try (OutputStream sql = process.getOutputStream()) {
      sql.write("use mysql;\nSET @auth_root_socket=NULL;\n".getBytes(StandardCharsets.UTF_8));
      for (String name : SYSTEM_TABLES) {
        try (InputStream in = Binaries.sql(name)) {
          in.transferTo(sql);
        }
      }
      sql.write(users(password).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A broken pipe means that the server gave up: its exit status and log say why.
    }
    return Waiting.uninterruptibly(process::waitFor);
  }

  private static String users(String password) {
    return """

    DELETE FROM global_priv WHERE User IN ('root', '');
    DELETE FROM proxies_priv;
    INSERT INTO global_priv VALUES ('127.0.0.1', '%s', JSON_OBJECT(\
    'access', 18446744073709551615, 'plugin', 'mysql_native_password', \
    'authentication_string', PASSWORD('%s')));
    """
        .formatted(EmbeddedMariaDb.USER, password);
  }
}
