package org.ampay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ampay.app.simulator.Eventually;

/** {@code ampay serve} in a process of its own, with its own database. */
final class RunningServer implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path log;
  private final List<String> stdout = new CopyOnWriteArrayList<>();
  private final JsonNode ready;

  private RunningServer(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(() -> lines.lines().forEach(stdout::add));
    Eventually.await(
        "the server is ready; its log is " + log,
        START_PATIENCE,
        () -> !stdout.isEmpty() || !process.isAlive());
    if (stdout.isEmpty()) {
      throw new IllegalStateException("the server ended:\n" + Files.readString(log));
    }
    String line = stdout.getFirst();
    if (!line.startsWith("ready {")) {
      throw new IllegalStateException("not the ready line: " + line);
    }
    this.ready = new ObjectMapper().readTree(line.substring("ready ".length()));
  }

  /** Starts a server on that folder; port 0 picks a free one. */
  static RunningServer start(Path data, int ocppPort, String... javaOptions) {
    List<String> command = java(javaOptions);
    command.addAll(List.of("serve", "--data", data.toString(), "--http", "127.0.0.1:0"));
    command.addAll(List.of("--ocpp", "127.0.0.1:" + ocppPort));
    return start(data, command);
  }

  /** Starts a server with a file of settings, on free ports. */
  static RunningServer configured(Path data, Path config) {
    List<String> command = java();
    command.addAll(List.of("serve", "--data", data.toString(), "--http", "127.0.0.1:0"));
    command.addAll(List.of("--ocpp", "127.0.0.1:0", "--config", config.toString()));
    return start(data, command);
  }

  private static RunningServer start(Path data, List<String> command) {
    try {
      Path log = Files.createTempFile(data, "serve", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      return new RunningServer(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx512m");
    command.addAll(List.of("-cp", classPath()));
    command.add("org.ampay.app.Main");
    return command;
  }

  /** Without the tests' own classes, whose logging would speak. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What another command printed, and its exit code. */
  record Result(int exit, String out, String err) {}

  /** Runs a command to its end. */
  static Result command(String... arguments) {
    List<String> command = java();
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile("ampay", ".out");
      Path err = Files.createTempFile("ampay", ".err");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", arguments) + " did not end");
      }
      Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** For stations, without the identity: {@code ws://127.0.0.1:1234/ocpp/}. */
  String ocppUrl() {
    return ready.path("ocpp").asText();
  }

  /** By TLS, as the ready line says; empty without it. */
  String ocppsUrl() {
    return ready.path("ocpps").asText();
  }

  int ocppPort() {
    return java.net.URI.create(ocppUrl()).getPort();
  }

  String httpUrl() {
    return ready.path("http").asText();
  }

  long pid() {
    return process.pid();
  }

  long readyPid() {
    return ready.path("pid").asLong();
  }

  List<String> stdout() {
    return List.copyOf(stdout);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** SIGKILL for the server and its database, as a power cut would. */
  void kill() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    Eventually.await("everything is dead", () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not end after SIGTERM");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
