package org.ampay.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One running {@code mariadbd}. It cannot outlive this process: a shell between the two waits on a
 * pipe that only this process holds, and stops the server when the pipe closes, whatever closed it
 * (a clean end, a crash, kill -9). The shell itself ignores what a terminal sends to all processes
 * of a program: while this process drains, it still needs its database.
 */
final class ServerProcess {

  private static final String KEEPER =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      ( trap '' HUP INT QUIT TERM; read -r end <&3; kill -TERM "$server" ) &
      watcher=$!
      trap '' HUP INT QUIT TERM
      exec 3<&-
      wait "$server"
      status=$?
      kill -KILL "$watcher" 2>/dev/null
      exit $status
      """;

  private static final String PID_FILE = "mariadbd.pid";
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(10);
  private static final long LOG_LIMIT_BYTES = 5_000_000;

  private final Process keeper;
  private final Directory directory;
  private final int port;

  private ServerProcess(Process keeper, Directory directory, int port) {
    this.keeper = keeper;
    this.directory = directory;
    this.port = port;
  }

  /** Options that say where things are, for the installation and the running server alike. */
  static List<String> places(Binaries binaries, Path data) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--no-defaults",
                "--basedir=" + binaries.home(),
                "--lc-messages-dir=" + binaries.share(),
                "--datadir=" + data,
                // not the machine's: two servers that start at a time clean it of each other's
                "--tmpdir=" + data));
    if ("root".equals(System.getProperty("user.name"))) {
      options.add("--user=root");
    }
    return options;
  }

  /** Starts the server on {@code port} and returns when it answers. */
  static ServerProcess start(
      Binaries binaries, Directory directory, EmbeddedSettings settings, int port)
      throws IOException {
    if (Files.exists(directory.log()) && Files.size(directory.log()) > LOG_LIMIT_BYTES) {
      Files.delete(directory.log());
    }
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "ampay-database"));
    command.add(binaries.server().toString());
    command.addAll(places(binaries, directory.data()));
    command.addAll(options(settings, port));
    Process keeper =
        new ProcessBuilder(command)
            .directory(directory.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
            .start();
    ServerProcess server = new ServerProcess(keeper, directory, port);
    server.awaitReady();
    return server;
  }

  private static List<String> options(EmbeddedSettings settings, int port) {
    return List.of(
        "--port=" + port,
        "--bind-address=127.0.0.1",
        // Relative to the data folder, because a socket's path is limited to 107 bytes.
        "--socket=db.sock",
        "--pid-file=" + PID_FILE,
        // Loopback only; making a certificate would cost seconds of CPU at each start.
        "--skip-ssl",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--local-infile=0",
        "--performance-schema=OFF",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_bin",
        "--default-time-zone=+00:00",
        "--transaction-isolation=READ-COMMITTED",
        "--max-allowed-packet=64M",
        "--max-connections=" + settings.maxConnections(),
        "--open-files-limit=4096",
        "--table-open-cache=1000",
        "--key-buffer-size=1M",
        "--aria-pagecache-buffer-size=8M",
        "--innodb-flush-log-at-trx-commit=1",
        "--innodb-buffer-pool-size=" + settings.bufferPoolMb() + "M",
        "--innodb-log-file-size=" + settings.redoLogMb() + "M",
        "--innodb-lock-wait-timeout=10");
  }

  int port() {
    return port;
  }

  /** The server's own process id. */
  long pid() throws IOException {
    return readPid(directory).orElseThrow(() -> new IOException("no " + PID_FILE));
  }

  boolean isAlive() {
    return keeper.isAlive();
  }

  CompletableFuture<Process> onExit() {
    return keeper.onExit();
  }

  /** Stops the server cleanly; by force when it does not end in a minute. */
  void stop() throws IOException {
    keeper.getOutputStream().close();
    boolean ended =
        Waiting.uninterruptibly(() -> keeper.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS));
    if (!ended) {
      stopOrphan(directory);
      keeper.destroyForcibly();
    }
  }

  /**
   * Ends a server that was left on these data: normally it is already stopping, because its owner
   * has gone; otherwise it is asked to, and at last killed.
   */
  static void stopOrphan(Directory directory) throws IOException {
    Optional<ProcessHandle> found =
        readPid(directory).flatMap(ProcessHandle::of).filter(it -> servesData(it, directory));
    if (found.isEmpty()) {
      return;
    }
    ProcessHandle orphan = found.get();
    if (ends(orphan, ORPHAN_PATIENCE)) {
      return;
    }
    orphan.destroy();
    if (!ends(orphan, STOP_PATIENCE)) {
      orphan.destroyForcibly();
      ends(orphan, ORPHAN_PATIENCE);
    }
  }

  /** Process ids are used again: only one that names our data folder is our server. */
  private static boolean servesData(ProcessHandle process, Directory directory) {
    try {
      String commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      return commandLine.contains("--datadir=" + directory.data() + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean ends(ProcessHandle process, Duration patience) {
    long pausesLeft = Waiting.pauses(patience);
    while (process.isAlive()) {
      if (pausesLeft-- <= 0) {
        return false;
      }
      Waiting.pause();
    }
    return true;
  }

  private static Optional<Long> readPid(Directory directory) throws IOException {
    try {
      String text = Files.readString(directory.data().resolve(PID_FILE)).strip();
      return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** No deadline: recovery after a crash takes what it takes, and a server that fails ends. */
  private void awaitReady() {
    while (!answers(port)) {
      if (!keeper.isAlive()) {
        throw new EmbeddedDatabaseException(
            "the embedded database does not start: " + ServerLog.diagnosis(directory.log()));
      }
      Waiting.pause();
    }
  }

  /** Whether a server greets on this port. */
  static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
