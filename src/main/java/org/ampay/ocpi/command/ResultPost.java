package org.ampay.ocpi.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.store.Transactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what takes time and posts its result to where the partner wants it. That a result is owed is
 * stored before the partner is told that it will come, the result before it is sent: so a partner
 * hears one, and one only, even if we are killed between. One that does not take it is asked again
 * for some minutes.
 */
public final class ResultPost {

  /** The partner is told that it may take so many seconds. */
  public static final int TIMEOUT_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(ResultPost.class);
  private static final int AT_A_TIME = 200;
  private static final int DUE_AT_ONCE = 500;
  private static final int LONGEST_URL = 255;

  /** Longer than a station and a partner take together; then somebody else may take it up. */
  private static final Duration LEASE = Duration.ofSeconds(90);

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3));

  private final PartnerClient client;
  private final Partners partners;
  private final Transactor transactor;
  private final IdSource ids;
  private final TimeSource time;
  private final Executor executor;
  private final Map<Long, Semaphore> free = new ConcurrentHashMap<>();

  /**
   * @param executor runs what blocks
   */
  public ResultPost(
      PartnerClient client,
      Partners partners,
      Transactor transactor,
      IdSource ids,
      TimeSource time,
      Executor executor) {
    this.client = client;
    this.partners = partners;
    this.transactor = transactor;
    this.ids = ids;
    this.time = time;
    this.executor = executor;
  }

  /** Where a result goes. */
  public record Target(Partner partner, ModuleId module, URI url) {}

  /**
   * Where a partner wants a result.
   *
   * @throws OcpiProblem 2001 if we would never call that address
   */
  public Target target(Partner partner, ModuleId module, String text) {
    if (text.length() > LONGEST_URL) {
      throw OcpiProblem.invalid("response_url: is too long");
    }
    URI url = Targets.url(text);
    Optional<String> objection = client.objection(url);
    if (objection.isPresent()) {
      throw OcpiProblem.invalid("response_url: " + objection.get());
    }
    return new Target(partner, module, url);
  }

  /**
   * Begins.
   *
   * @param lost what the partner hears if we do not live to know more
   * @param result makes the body; blocks
   * @return false: too much is being done for that partner
   */
  public boolean begin(Target to, ObjectNode lost, Supplier<ObjectNode> result) {
    long id = ids.next();
    return atWork(
        to.partner().id(),
        () ->
            transactor.run(
                tx ->
                    ResultStore.insert(
                        tx,
                        new ResultStore.Row(
                            id,
                            to.partner().id(),
                            to.module().name(),
                            to.url().toString(),
                            OcpiJson.text(lost),
                            0),
                        time.now().plus(LEASE))),
        () -> {
          ObjectNode body = result(to, lost, result);
          Instant until = time.now().plus(LEASE);
          if (transactor.call(tx -> ResultStore.known(tx, id, OcpiJson.text(body), until))) {
            end(id, 0, post(to, body));
          }
        });
  }

  private static ObjectNode result(Target to, ObjectNode lost, Supplier<ObjectNode> result) {
    try {
      return result.get();
    } catch (RuntimeException e) {
      LOG.warn("A command of {} failed", to.partner().party(), e);
      return lost;
    }
  }

  /** Sends what was not taken yet; to be repeated. */
  public void tick() {
    Instant now = time.now();
    for (ResultStore.Row row : transactor.call(tx -> ResultStore.due(tx, now, DUE_AT_ONCE))) {
      boolean[] mine = {false};
      atWork(
          row.partnerId(),
          () -> mine[0] = transactor.call(tx -> ResultStore.claim(tx, row, now.plus(LEASE))),
          () -> {
            if (mine[0]) {
              again(row);
            }
          });
    }
  }

  private void again(ResultStore.Row row) {
    Optional<Partner> partner = partners.byId(row.partnerId()).filter(Partner::isRegistered);
    boolean over =
        partner.isEmpty()
            || post(
                new Target(partner.get(), ModuleId.valueOf(row.module()), URI.create(row.url())),
                read(row.body()));
    end(row.id(), row.attempts(), over);
  }

  private static JsonNode read(String body) {
    try {
      return OcpiJson.read(body);
    } catch (IOException e) {
      throw new UncheckedIOException("stored by us", e);
    }
  }

  /** Runs on a thread of its own what begins here; false: the partner has enough at work. */
  private boolean atWork(long partnerId, Runnable first, Runnable work) {
    Semaphore mine = free.computeIfAbsent(partnerId, id -> new Semaphore(AT_A_TIME));
    if (!mine.tryAcquire()) {
      return false;
    }
    try {
      first.run();
      executor.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              LOG.warn("A result for partner {} failed", partnerId, e);
            } finally {
              mine.release();
            }
          });
      return true;
    } catch (RuntimeException e) {
      mine.release();
      throw e;
    }
  }

  /**
   * @param attempts how often it was tried before
   */
  private void end(long id, int attempts, boolean over) {
    if (over || attempts >= PAUSES.size()) {
      transactor.run(tx -> ResultStore.delete(tx, id));
    } else {
      Instant due = time.now().plus(PAUSES.get(attempts));
      transactor.run(tx -> ResultStore.later(tx, id, due));
    }
  }

  /** Whether there is nothing more to do. A result that comes twice says the same. */
  private boolean post(Target to, JsonNode body) {
    PartnerRequest request =
        new PartnerRequest(
            to.module(), InterfaceRole.SENDER, "POST", List.of(), Map.of(), body, to.url());
    return switch (client.send(to.partner(), request)) {
      case PartnerReply.Done _, PartnerReply.NoEndpoint _ -> true;
      case PartnerReply.Refused refused -> !isPassing(refused);
      case PartnerReply.Failed _ -> false;
    };
  }

  /** What a partner that is well again would not say. */
  private static boolean isPassing(PartnerReply.Refused refused) {
    return refused.http() >= 500
        || refused.http() == 429
        || refused.http() == 408
        || refused.status() >= 3000;
  }
}
