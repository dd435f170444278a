package org.ampay.store.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A process that owns an embedded server until it is killed; {@link EmbeddedMariaDbTest} does. */
final class OwnerProcess {

  private OwnerProcess() {}

  public static void main(String[] args) throws Exception {
    EmbeddedSettings settings = EmbeddedSettings.of(Path.of(args[0])).withSizes(16, 16);
    try (EmbeddedMariaDb server = EmbeddedMariaDb.open(settings)) {
      System.out.println("running " + server.serverPid());
      System.out.flush();
      // Until the test closes its end.
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }

  static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            OwnerProcess.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Waits until it runs; the server's process. */
  static ProcessHandle server(Process owner) throws IOException {
    BufferedReader out = owner.inputReader();
    String line = out.readLine();
    if (line == null || !line.startsWith("running ")) {
      throw new IOException("the owner said: " + line);
    }
    return ProcessHandle.of(Long.parseLong(line.substring("running ".length()))).orElseThrow();
  }
}
