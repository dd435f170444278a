package org.ampay.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ampay.app.Demo;
import org.ampay.app.FirstAdmin;
import org.ampay.app.HostPort;
import org.ampay.app.Server;
import org.ampay.app.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ampay serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Runs the server. Prints one line on stdout when it can serve: ready {...}. SIGTERM drains"
            + " and ends it.")
final class ServeCommand implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "Console, pages and API (default: 127.0.0.1:8080; port 0: a free one).")
  private @Nullable String http;

  @Option(
      names = "--ocpp",
      paramLabel = "HOST:PORT",
      description = "Stations (default: 127.0.0.1:9000; port 0: a free one).")
  private @Nullable String ocpp;

  @Option(
      names = "--demo",
      description = "Plays a demo: operators, sites, drivers, stations that charge now and then.")
  private boolean demo;

  @Mixin private SettingsOptions options = new SettingsOptions();
  @Spec private CommandSpec spec;

  private final AtomicBoolean serving = new AtomicBoolean();

  @SuppressWarnings("NullAway") // picocli injects the spec
  ServeCommand() {}

  @Override
  public void run() {
    Map<String, @Nullable Object> flags = new LinkedHashMap<>();
    flags.put("http.listen", http);
    flags.put("ocpp.listen", ocpp);
    flags.put("demo", demo ? "true" : null);
    Settings settings = options.settings(flags);
    Server server = Server.start(settings);
    try {
      serve(settings, server);
    } catch (RuntimeException e) {
      serving.set(false);
      server.close();
      throw e;
    }
  }

  private void serve(Settings settings, Server server) {
    FirstAdmin.ensure(server.foundation(), spec.commandLine().getErr());
    String path = settings.ocpp().gateway().listen().pathPrefix();
    String url = "ws://" + reachable(server.ocpp()) + path;
    List<AutoCloseable> playing = settings.demo() ? play(server, url) : List.of();
    serving.set(true);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("drain").unstarted(() -> drain(server, playing)));
    ready(
        "http://" + reachable(server.http()),
        url,
        server.ocpps().map(address -> "wss://" + reachable(address) + path));
    waitForEver();
  }

  private static List<AutoCloseable> play(Server server, String url) {
    return List.of(
        Demo.start(server.foundation(), url),
        server.startDemoPayments(),
        server.startDemoPartner());
  }

  private void ready(String httpUrl, String ocppUrl, Optional<String> ocppsUrl) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("http", httpUrl);
    fields.put("ocpp", ocppUrl);
    ocppsUrl.ifPresent(url -> fields.put("ocpps", url));
    fields.put("pid", ProcessHandle.current().pid());
    PrintWriter out = spec.commandLine().getOut();
    out.println("ready " + new ObjectMapper().valueToTree(fields));
    out.flush();
  }

  /** An address that a program on this machine can use. */
  private static HostPort reachable(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String name =
        host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress().replaceFirst("%.*", "");
    return new HostPort(name, address.getPort());
  }

  /** A signal ends the process with 128 and its number, unless the hook says that all is well. */
  private void drain(Server server, List<AutoCloseable> playing) {
    if (!serving.get()) {
      return;
    }
    int code = 0;
    try {
      for (AutoCloseable one : playing) {
        one.close();
      }
      server.close();
    } catch (Exception e) {
      LOG.error("the end was not clean", e);
      code = 1;
    }
    Runtime.getRuntime().halt(code);
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
