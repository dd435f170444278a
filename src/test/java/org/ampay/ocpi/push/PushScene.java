package org.ampay.ocpi.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ampay.base.TestTime;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.store.Database;

/** Two partners that take what they are sent, or do as a test tells them. */
final class PushScene implements Partners, PartnerClient {

  static final PartnerReply TAKEN = new PartnerReply.Done(MissingNode.getInstance(), Map.of());
  static final PartnerReply DOWN = new PartnerReply.Failed("no answer", true);
  static final long ONE = 5;
  static final long OTHER = 6;

  /** What a partner does with a call that it got. */
  interface Mood {
    PartnerReply answer(Call call);
  }

  /**
   * A call.
   *
   * @param state of the object when it was sent
   */
  record Call(long partner, PushKind kind, String key, int state) {
    @Override
    public String toString() {
      return partner + " " + kind + " " + key + "=" + state;
    }
  }

  final TestTime time = TestTime.monday();

  /** Our objects: their newest states. */
  final Map<String, Integer> states = new ConcurrentHashMap<>();

  /** What each partner has, by partner and object. */
  final Map<String, Integer> has = new ConcurrentHashMap<>();

  final List<Call> calls = new CopyOnWriteArrayList<>();
  final LinkedBlockingQueue<Call> news = new LinkedBlockingQueue<>();
  final Map<Long, Mood> moods = new ConcurrentHashMap<>();
  final List<String> clashes = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> running = new ConcurrentHashMap<>();
  private final Work work = new Work();
  private final Database database;

  /** Threads that one can wait for. */
  private static final class Work implements Executor {
    private int running;

    @Override
    public void execute(Runnable task) {
      synchronized (this) {
        running++;
      }
      Thread.startVirtualThread(
          () -> {
            try {
              task.run();
            } finally {
              synchronized (this) {
                running--;
                notifyAll();
              }
            }
          });
    }

    synchronized void await() throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (running > 0) {
        assertThat(System.nanoTime()).as("work goes on for ever").isLessThan(end);
        wait(1_000);
      }
    }
  }

  PushScene(Database database) {
    this.database = database;
  }

  PushQueue node(String name) {
    return new PushQueue(
        database,
        new PushQueue.Parts(name, this, this, time, work, new Random(7), PushSettings.defaults()));
  }

  PushQueue started(String name) {
    PushQueue queue = node(name);
    queue.start(sources());
    return queue;
  }

  List<PushSource> sources() {
    return Stream.of(PushKind.values()).<PushSource>map(this::source).toList();
  }

  private PushSource source(PushKind kind) {
    return new PushSource() {
      @Override
      public PushKind kind() {
        return kind;
      }

      @Override
      public Optional<String> before(Partner partner, String key) {
        return key.endsWith("-C")
            ? Optional.of(key.substring(0, key.length() - 2))
            : Optional.empty();
      }

      @Override
      public Optional<PartnerRequest> request(Partner partner, String key) {
        int state = states.getOrDefault(kind + " " + key, 0);
        return Optional.of(
            PartnerRequest.toReceiver(
                ModuleId.LOCATIONS,
                "PUT",
                List.of(kind.name(), key),
                JsonNodeFactory.instance.numberNode(state)));
      }
    };
  }

  @Override
  public PartnerReply send(Partner partner, PartnerRequest request) {
    Call call =
        new Call(
            partner.id(),
            PushKind.valueOf(request.path().getFirst()),
            request.path().get(1),
            Optional.ofNullable(request.body()).orElseThrow().intValue());
    String object = call.partner() + " " + call.kind() + " " + call.key();
    if (running.merge(object, 1, Integer::sum) > 1) {
      clashes.add(object);
    }
    calls.add(call);
    news.add(call);
    PartnerReply reply = moods.getOrDefault(partner.id(), any -> TAKEN).answer(call);
    if (reply instanceof PartnerReply.Done || reply == DOWN) { // DOWN: the answer was lost
      has.put(object, call.state());
    }
    running.merge(object, -1, Integer::sum);
    return reply;
  }

  /** The next call, whoever got it. */
  Call next() throws InterruptedException {
    Call call = news.poll(30, TimeUnit.SECONDS);
    assertThat(call).as("a call").isNotNull();
    return call;
  }

  /** Waits until nothing goes on any more. */
  void settle() throws InterruptedException {
    work.await();
  }

  /** Lets time go by, with the queues' ticks. */
  void pass(Duration time, PushQueue... queues) throws InterruptedException {
    this.time.advance(time);
    for (PushQueue queue : queues) {
      queue.tick();
    }
    settle();
  }

  int change(PushKind kind, String key) {
    return states.merge(kind + " " + key, 1, Integer::sum);
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    calls.forEach(call -> texts.add(call.toString()));
    return texts;
  }

  static Partner partner(long id) {
    return new Partner(
        id,
        1,
        new PartyRef("DE", "AMP"),
        "EMSP",
        new PartyRef("DE", "E0" + id),
        "EMP",
        Optional.empty(),
        Partner.State.REGISTERED,
        OcpiVersion.V2_2_1,
        List.of(),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  @Override
  public Optional<Partner> byId(long partnerId) {
    return registered().stream().filter(p -> p.id() == partnerId).findFirst();
  }

  @Override
  public List<Partner> of(long operatorId) {
    return registered();
  }

  @Override
  public List<Partner> registered() {
    return List.of(partner(ONE), partner(OTHER));
  }
}
