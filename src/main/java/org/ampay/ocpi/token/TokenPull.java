package org.ampay.ocpi.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the tokens that partners have: all of them a minute after the handshake and whenever
 * somebody asks for it, then what changed, every hour. So a push that was lost is mended.
 */
public final class TokenPull {

  private static final Logger LOG = LoggerFactory.getLogger(TokenPull.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
  private static final Duration AFTER_HANDSHAKE = Duration.ofMinutes(1);

  /** Partners write a time first and commit it later. */
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  /**
   * How far it is.
   *
   * @param doneAt when one came to its end; null: none yet
   * @param mark the newest last_updated that was read; null: none
   * @param tokens read by the last one
   * @param problem why the last one did not come to its end, or what was left out; null: nothing
   */
  public record State(
      Instant begunAt,
      @Nullable Instant doneAt,
      @Nullable Instant mark,
      int tokens,
      @Nullable String problem) {}

  private final Partners partners;
  private final TokenPages pages;
  private final Transactor transactor;
  private final Executor executor;
  private final TimeSource time;

  /**
   * @param executor runs what blocks
   */
  public TokenPull(
      Partners partners,
      PartnerClient client,
      RoamingTokens tokens,
      Transactor transactor,
      Executor executor,
      TimeSource time) {
    this.partners = partners;
    this.pages = new TokenPages(client, tokens);
    this.transactor = transactor;
    this.executor = executor;
    this.time = time;
  }

  /** How far it is with a partner; empty: nothing was read yet. Blocks. */
  public Optional<State> state(long partnerId) {
    return transactor.call(tx -> TokenPullStore.find(tx, partnerId));
  }

  /** Reads all tokens of a partner, soon. Blocks for a moment. */
  public void begin(Partner partner) {
    Instant now = now();
    transactor.run(tx -> TokenPullStore.begin(tx, partner.id(), now));
    executor.execute(() -> run(partner, null));
  }

  /** Begins with what is due; to be repeated. */
  public void tick() {
    Instant now = now();
    for (Partner partner : partners.registered()) {
      if (partner.endpoint(ModuleId.TOKENS, InterfaceRole.SENDER).isPresent()) {
        Optional<State> state = state(partner.id());
        if (state.isEmpty()) {
          Instant begun = now.minus(EVERY).plus(AFTER_HANDSHAKE);
          transactor.run(tx -> TokenPullStore.meet(tx, partner.id(), begun));
        } else if (isDue(state.get(), now) && claim(partner, state.get(), now)) {
          Instant mark = state.get().mark();
          executor.execute(() -> run(partner, mark == null ? null : mark.minus(OVERLAP)));
        }
      }
    }
  }

  private static boolean isDue(State state, Instant now) {
    boolean failed =
        state.problem() != null
            && (state.doneAt() == null || state.doneAt().isBefore(state.begunAt()));
    return !now.isBefore(state.begunAt().plus(failed ? AFTER_FAILURE : EVERY));
  }

  private boolean claim(Partner partner, State state, Instant now) {
    return transactor.call(tx -> TokenPullStore.claim(tx, partner.id(), state.begunAt(), now));
  }

  private void run(Partner partner, @Nullable Instant from) {
    try {
      TokenPages.Read read = pages.read(partner, from);
      Instant now = now();
      transactor.run(
          tx -> {
            if (read.toTheEnd()) {
              TokenPullStore.done(
                  tx, partner.id(), now, mark(read, from, now), read.tokens(), read.problem());
            } else {
              TokenPullStore.failed(
                  tx, partner.id(), read.tokens(), String.valueOf(read.problem()));
            }
          });
    } catch (RuntimeException e) {
      LOG.warn("Reading the tokens of {} failed", partner.party(), e);
    }
  }

  /** A time of tomorrow would hide what changes today. */
  private static @Nullable Instant mark(TokenPages.Read read, @Nullable Instant from, Instant now) {
    Instant newest = read.newest();
    if (newest == null) {
      return from == null ? null : from.plus(OVERLAP);
    }
    return newest.isAfter(now) ? now : newest;
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
