package org.ampay.web.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.ampay.base.Digests;
import org.ampay.base.TimeSource;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;

/**
 * Write calls with an Idempotency-Key happen once: a repeat gets the first one's answer, for 24
 * hours. A call that failed for a reason of ours may be tried again with the same key.
 */
final class Idempotency {

  private static final Duration KEPT = Duration.ofHours(24);

  /** A worker that has not answered by then has died with its process. */
  private static final Duration DEAD = Duration.ofMinutes(5);

  private static final int CLEAN_EVERY = 500;

  private final IdempotencyStore store;
  private final TimeSource time;
  private final AtomicInteger calls = new AtomicInteger();

  Idempotency(IdempotencyStore store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  Answer once(ApiCall call, Supplier<Answer> work) {
    Optional<String> key = call.http().header("idempotency-key");
    if (key.isEmpty()) {
      return work.get();
    }
    String name = key.get();
    if (name.isBlank() || name.length() > 100) {
      throw Problem.badField("Idempotency-Key", "must have 1 to 100 characters").exception();
    }
    byte[] hash = Digests.sha256(call.http().method(), call.http().target(), call.http().body());
    Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
    if (calls.incrementAndGet() % CLEAN_EVERY == 0) {
      store.clean(now.minus(KEPT));
    }
    long keyId = call.caller().id();
    Optional<IdempotencyStore.Known> known = store.take(keyId, name, hash, now);
    return known.isPresent()
        ? repeat(keyId, name, hash, known.get(), now, work)
        : first(keyId, name, work);
  }

  private Answer first(long keyId, String name, Supplier<Answer> work) {
    Answer answer;
    try {
      answer = work.get();
    } catch (ProblemException e) {
      if (e.problem().status() >= 500) {
        store.release(keyId, name);
        throw e;
      }
      answer = Answer.problem(e.problem());
    } catch (RuntimeException e) {
      store.release(keyId, name);
      throw e;
    }
    store.finish(keyId, name, answer.status(), answer.secret() ? null : answer.body());
    return answer;
  }

  private Answer repeat(
      long keyId,
      String name,
      byte[] hash,
      IdempotencyStore.Known known,
      Instant now,
      Supplier<Answer> work) {
    if (!Arrays.equals(known.requestHash(), hash)) {
      throw Problem.keyReused().exception();
    }
    if (known.status() == 0) {
      boolean dead = known.createdAt().isBefore(now.minus(DEAD));
      if (dead && store.takeOver(keyId, name, known.createdAt(), now)) {
        return first(keyId, name, work);
      }
      throw Problem.conflict("in-progress", "a call with this Idempotency-Key is being worked on")
          .exception();
    }
    String body = known.body();
    if (body == null) {
      throw Problem.conflict("secret-not-kept", "done before; its answer held a secret")
          .exception();
    }
    String type = known.status() >= 400 ? Answer.PROBLEM : Answer.JSON;
    return new Answer(known.status(), type, body, Map.of("idempotent-replayed", "true"), false);
  }
}
