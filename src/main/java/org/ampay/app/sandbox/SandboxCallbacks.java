package org.ampay.app.sandbox;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's callbacks: sent in their order, again and again until they are acknowledged. */
public final class SandboxCallbacks {

  private static final Logger LOG = LoggerFactory.getLogger(SandboxCallbacks.class);
  private static final long[] PAUSES_MS = {500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000};
  private static final int MOST_TRIES = 100;
  private static final Duration OVERTAKEN = Duration.ofMillis(500);

  /** How callbacks leave the gateway. */
  public interface Post extends AutoCloseable {

    Reply post(URI url, Letter letter) throws IOException, InterruptedException;

    @Override
    default void close() {}
  }

  /** What the receiver said. */
  public record Reply(int status, String body) {}

  /** A callback as it goes out. */
  public record Letter(Map<String, String> headers, byte[] body) {
    public Letter {
      headers = Map.copyOf(headers);
    }
  }

  /** Signs a callback each time it is sent. */
  @FunctionalInterface
  public interface Signer {

    /**
     * The callback.
     *
     * @param at by the gateway's clock
     * @param forged by a key that is nobody's
     */
    Letter sign(Instant at, boolean forged);
  }

  private record Note(long no, String provider, String kind, URI url, Signer signer) {}

  private final SandboxClock time;
  private final SandboxFaults faults;
  private final Post post;
  private final ScheduledExecutorService timer;
  private final Executor senders;
  private final Map<String, SandboxWire> wires = new ConcurrentHashMap<>();
  private final Set<Long> done = ConcurrentHashMap.newKeySet();
  private final AtomicLong notes = new AtomicLong();
  private final Deque<Note> waiting = new ArrayDeque<>();
  private final Deque<Note> overtaken = new ArrayDeque<>();
  private volatile boolean sending;
  private volatile LongConsumer kept = no -> {};

  SandboxCallbacks(
      SandboxClock time,
      SandboxFaults faults,
      Post post,
      ScheduledExecutorService timer,
      Executor senders) {
    this.time = time;
    this.faults = faults;
    this.post = post;
    this.timer = timer;
    this.senders = senders;
  }

  /**
   * Sends a callback.
   *
   * @param kind for scripts: the provider's own word for what happened
   */
  public void send(String provider, String kind, URI url, Signer signer) {
    Note note = new Note(notes.incrementAndGet(), provider, kind, url, signer);
    synchronized (waiting) {
      if (!sending) {
        waiting.add(note);
        return;
      }
    }
    start(note);
  }

  void add(SandboxWire wire) {
    wires.put(wire.provider(), wire);
  }

  /** A callback that was acknowledged before the gateway ended. */
  void wasTold(long no) {
    done.add(no);
  }

  /**
   * Begins to send; those that were not acknowledged before go first.
   *
   * @param kept hears of each that is acknowledged
   */
  void open(LongConsumer kept) {
    this.kept = kept;
    synchronized (waiting) {
      sending = true;
      waiting.stream().filter(note -> !done.remove(note.no())).forEach(this::start);
      waiting.clear();
    }
  }

  private void start(Note note) {
    Optional<SandboxFaults.Rule> rule = faults.ofCallback(note.provider(), note.kind());
    if (rule.isEmpty()) {
      deliver(note);
      overtake();
      return;
    }
    switch (rule.get().fault()) {
      case LOSE -> kept.accept(note.no());
      case DUPLICATE -> {
        deliver(note);
        deliver(note);
      }
      case REORDER -> {
        synchronized (overtaken) {
          overtaken.add(note);
        }
        later(OVERTAKEN, this::overtake);
      }
      case DELAY_CALLBACK -> later(rule.get().delay(), () -> deliver(note));
      case FORGE -> {
        senders.execute(() -> tried(note, true));
        deliver(note);
      }
      case DECLINE, DELAY, DROP_ANSWER, DROP_CALL, ERROR_500, GARBAGE, FORGED_SIGNATURE ->
          deliver(note);
    }
  }

  private void overtake() {
    synchronized (overtaken) {
      overtaken.forEach(this::deliver);
      overtaken.clear();
    }
  }

  private void deliver(Note note) {
    attempt(note, 0);
  }

  private void attempt(Note note, int tries) {
    senders.execute(
        () -> {
          if (tried(note, false)) {
            kept.accept(note.no());
          } else if (tries < MOST_TRIES) {
            long pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)];
            later(Duration.ofMillis(pause), () -> attempt(note, tries + 1));
          }
        });
  }

  private boolean tried(Note note, boolean forged) {
    try {
      Reply reply = post.post(note.url(), note.signer().sign(time.now(), forged));
      SandboxWire wire = wires.get(note.provider());
      return wire != null && wire.acknowledged(reply.status(), reply.body());
    } catch (IOException e) {
      LOG.debug("callback {} was not taken", note.no(), e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void later(Duration pause, Runnable task) {
    try {
      timer.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closing: a callback is dropped", e);
    }
  }
}
