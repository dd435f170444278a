package org.ampay.app.sandbox;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.ampay.base.TimeSource;

/**
 * A local gateway that speaks the wires of payment providers: stateful, signed with keys of its
 * own, and with faults by script. It moves no money; its books say what it would have moved.
 */
public final class Sandbox implements AutoCloseable {

  private final SandboxClock time;
  private final SandboxFaults faults;
  private final SandboxBooks books = new SandboxBooks();
  private final SandboxCallbacks callbacks;
  private final SandboxJournal journal;
  private final SandboxState state;
  private final SandboxCallbacks.Post post;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sandbox-", 1).factory());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sandbox-timer").factory());
  private final SandboxHttp http;

  private Sandbox(SandboxSettings settings, List<SandboxWire.Maker> wires) {
    this.time = new SandboxClock(settings.time());
    this.faults = new SandboxFaults(settings.seed());
    this.post = settings.post();
    this.callbacks = new SandboxCallbacks(time, faults, post, timer, workers);
    this.journal = SandboxJournal.open(settings.data());
    this.state = new SandboxState(journal, time);
    this.http = new SandboxHttp(state, faults, new SandboxControl(this), workers);
    for (SandboxWire.Maker maker : wires) {
      SandboxWire wire = maker.make(world(new Random(settings.seed())));
      state.add(wire);
      callbacks.add(wire);
    }
  }

  /**
   * A gateway that listens.
   *
   * @throws java.util.concurrent.CompletionException when the port cannot be bound
   */
  public static Sandbox start(SandboxSettings settings, List<SandboxWire.Maker> wires) {
    Sandbox sandbox = new Sandbox(settings, wires);
    sandbox.http.listen(settings.listen());
    sandbox.state.replay(sandbox.callbacks);
    sandbox.callbacks.open(sandbox.state::told);
    sandbox.http.open();
    return sandbox;
  }

  private SandboxWire.World world(Random random) {
    return new SandboxWire.World(
        time, random, this::secret, books, callbacks, () -> http.address());
  }

  private byte[] secret(String name, Supplier<byte[]> make) {
    return state.secret(name, make);
  }

  /** Without a slash at the end: {@code http://127.0.0.1:40001}. */
  public URI address() {
    return http.address();
  }

  /** The gateway's clock: for our provider's side in tests too. */
  public TimeSource time() {
    return time;
  }

  public Instant now() {
    return time.now();
  }

  /** Lets the gateway's clock go on. */
  public void advance(Duration duration) {
    state.advance(duration);
  }

  public SandboxFaults faults() {
    return faults;
  }

  public SandboxBooks books() {
    return books;
  }

  /**
   * A merchant of this name, made when there is none.
   *
   * @return the settings of an account of our provider, secrets in the clear
   */
  public Map<String, String> account(String provider, String merchant, URI callbackUrl) {
    return state.account(provider, merchant, callbackUrl);
  }

  /** What a text (of a QR code, of a page's address) asks a payer. */
  public Optional<SandboxWire.Asked> asked(String text) {
    return state.asked(text);
  }

  /** What the payer does; false when it cannot be done any more. */
  public boolean act(String text, SandboxWire.Act act) {
    return state.act(text, act);
  }

  /** The names of its providers. */
  public List<String> providers() {
    return state.wires().stream().map(SandboxWire::provider).toList();
  }

  @Override
  public void close() {
    http.close();
    timer.shutdownNow();
    workers.shutdownNow();
    try {
      post.close();
    } catch (Exception e) {
      throw new IllegalStateException("callbacks could not be ended", e);
    }
    journal.close();
  }
}
