package org.ampay.ocpi.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.facts.TimeForm;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks partners what they have of ours, object by object, and sends again what is missing or older:
 * once a day, and when a person wants it. So a partner that restored a backup, or acknowledged what
 * it then lost, is right again.
 */
public final class Comparisons {

  private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);

  private static final Duration EVERY = Duration.ofDays(1);

  /** Two by hand are not begun at once. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  /** Sessions and CDRs that are older are not asked for. */
  private static final Duration BACK = Duration.ofDays(7);

  private final ComparisonStore store;
  private final Transactor transactor;
  private final Pushes pushes;
  private final Parts on;

  /** What it works with. */
  public record Parts(
      Partners partners,
      PartnerClient client,
      Collection<PushSource> sources,
      TimeSource time,
      Executor executor) {

    public Parts {
      sources = List.copyOf(sources);
    }
  }

  public Comparisons(Database database, Pushes pushes, Parts parts) {
    this.store = new ComparisonStore(database);
    this.transactor = database.transactor();
    this.pushes = pushes;
    this.on = parts;
  }

  /** The last one, maybe under way; empty: none yet. Blocks. */
  public Optional<Comparison> last(Partner partner) {
    return store.last(partner.id());
  }

  /**
   * Begins one. Blocks.
   *
   * @param alongside what is written with it, for example an audit entry
   * @return false: one was begun a moment ago
   */
  public boolean begin(Partner partner, Consumer<Tx> alongside) {
    return begin(partner, LEAST, alongside);
  }

  /** Begins those that are due; of several nodes one does. To be called now and then. Blocks. */
  public void tick() {
    on.partners().registered().forEach(partner -> begin(partner, EVERY, tx -> {}));
  }

  private boolean begin(Partner partner, Duration pause, Consumer<Tx> alongside) {
    Instant now = on.time().now();
    boolean begun =
        transactor.call(
            tx -> {
              boolean ours = store.begin(tx, partner.id(), now, now.minus(pause));
              if (ours) {
                alongside.accept(tx);
              }
              return ours;
            });
    if (begun) {
      try {
        on.executor().execute(() -> compare(partner, now));
      } catch (RejectedExecutionException e) {
        LOG.debug("ending: {} is compared another time", partner.party(), e);
      }
    }
    return begun;
  }

  private void compare(Partner partner, Instant begun) {
    Tally tally = new Tally();
    try {
      for (PushSource source : on.sources()) {
        compare(partner, source, begun.minus(BACK), tally);
        if (tally.away) {
          break;
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("what {} has cannot be compared", partner.party(), e);
      tally.trouble("interrupted: " + e);
    }
    transactor.run(tx -> store.put(tx, partner.id(), tally.result(begun, on.time().now())));
  }

  private void compare(Partner partner, PushSource source, Instant since, Tally tally) {
    List<String> again = new ArrayList<>();
    boolean possible = true;
    for (String key : source.keys(partner, since)) {
      if (possible) {
        possible = compare(partner, source, key, again, tally);
      }
    }
    if (!again.isEmpty()) {
      pushes.wanted(List.of(partner.id()), source.kind(), again);
    }
  }

  /** False: the others of its kind need not be asked for. */
  private boolean compare(
      Partner partner, PushSource source, String key, List<String> again, Tally tally) {
    Optional<PartnerRequest> lookup = source.lookup(partner, key);
    if (lookup.isEmpty()) {
      return true;
    }
    return switch (on.client().send(partner, lookup.get())) {
      case PartnerReply.Done done -> {
        tally.compared++;
        if (isOlder(done.data(), source.request(partner, key))) {
          tally.older++;
          again.add(key);
        }
        yield true;
      }
      case PartnerReply.NoEndpoint _ -> false;
      case PartnerReply.Refused refused when isUnknown(refused) -> {
        tally.compared++;
        tally.missing++;
        again.add(key);
        yield true;
      }
      case PartnerReply.Refused refused -> {
        tally.away = refused.http() == 401 || refused.http() == 403 || refused.http() >= 500;
        tally.trouble(source.kind().code() + " " + key + ": " + refused.message());
        yield false;
      }
      case PartnerReply.Failed failed -> {
        tally.away = true;
        tally.trouble(source.kind().code() + " " + key + ": " + failed.reason());
        yield false;
      }
    };
  }

  /** Unknown location, unknown object; older systems say just invalid with HTTP 404. */
  private static boolean isUnknown(PartnerReply.Refused refused) {
    return refused.http() == 404 || refused.status() == 2003;
  }

  /** Whether ours is newer than that; CDRs never change. */
  private static boolean isOlder(JsonNode theirs, Optional<PartnerRequest> ours) {
    JsonNode body = ours.map(PartnerRequest::body).orElse(null);
    if (body == null || ours.get().method().equals("POST")) {
      return false;
    }
    Instant wanted = updated(body);
    Instant there = updated(theirs);
    return wanted != null && (there == null || there.isBefore(wanted));
  }

  private static @Nullable Instant updated(JsonNode object) {
    return TimeForm.read(object.path("last_updated").asText()).orElse(null);
  }

  /** Counts. */
  private static final class Tally {
    private int compared;
    private int missing;
    private int older;
    private boolean away;
    private @Nullable String trouble;

    private void trouble(String more) {
      trouble = trouble == null ? more : trouble + "; " + more;
    }

    private Comparison result(Instant begun, Instant ended) {
      return new Comparison(begun, ended, compared, missing, older, trouble);
    }
  }
}
