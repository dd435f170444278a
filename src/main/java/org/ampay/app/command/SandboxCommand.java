package org.ampay.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import org.ampay.app.HostPort;
import org.ampay.app.SystemTime;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.Wires;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ampay sandbox}. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description =
        "Plays the gateways of payment providers until it is stopped: no money moves. Prints one"
            + " line on stdout when it can be called: ready {...}.")
final class SandboxCommand implements Runnable {

  private static final String MERCHANT = "sandbox";

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "Where it listens (default: ${DEFAULT-VALUE}; port 0: a free one).")
  private String http = "127.0.0.1:4242";

  @Option(
      names = "--hooks",
      paramLabel = "URL",
      description =
          "Where callbacks go, without provider and account (default: ${DEFAULT-VALUE}). The"
              + " account's code is sandbox.")
  private String hooks = "http://127.0.0.1:8080/hooks";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Keeps what happened: the next one with the same file goes on (default: none).")
  private @Nullable Path data;

  @Option(
      names = "--accounts",
      paramLabel = "FILE",
      description = "Writes the settings of its accounts there: keys for the sandbox alone.")
  private @Nullable Path accounts;

  @Option(names = "--seed", paramLabel = "N", description = "Of its ids and its chance.")
  private long seed = 1;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  SandboxCommand() {}

  @Override
  public void run() {
    Sandbox sandbox = Sandbox.start(settings(), Wires.ALL);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("sandbox-end").unstarted(sandbox::close));
    ObjectNode all = new ObjectMapper().createObjectNode();
    for (String provider : sandbox.providers()) {
      ObjectNode settings = all.putObject(provider);
      sandbox
          .account(provider, MERCHANT, URI.create(hooks + "/" + provider + "/" + MERCHANT))
          .forEach(settings::put);
    }
    ObjectNode ready = new ObjectMapper().createObjectNode();
    ready.put("http", sandbox.address().toString()).put("pid", ProcessHandle.current().pid());
    Path file = accounts;
    if (file != null) {
      write(file, all.toString());
      ready.put("accounts", file.toString());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("ready " + ready);
    out.flush();
    waitForEver();
  }

  private SandboxSettings settings() {
    try {
      SandboxSettings local = SandboxSettings.local(new SystemTime());
      return new SandboxSettings(HostPort.parse(http), seed, local.time(), data, local.post());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--http " + e.getMessage(), e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
