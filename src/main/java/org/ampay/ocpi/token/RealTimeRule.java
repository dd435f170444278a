package org.ampay.ocpi.token;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationRequest.Purpose;
import org.ampay.access.AuthorizationRule;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.token.RoamingToken.Whitelist;
import org.ampay.ocpi.token.TokenQuestion.Said;

/**
 * Asks partners in real time whether their drivers may charge, as the token's whitelist has it
 * (OCPI 2.2.1 §12.4.6): about ALWAYS never; about ALLOWED and ALLOWED_OFFLINE, where a partner that
 * does not answer in time leaves it to what is stored; about NEVER, where it does not. Who has
 * agreed lately is not asked again for the same session, and who commanded a start has agreed. A
 * partner that was silent is not waited for again for some seconds, except about NEVER. Drivers of
 * a partner that is suspended or has ended start nothing: it can neither take its cards back nor
 * hear what they cost.
 */
public final class RealTimeRule implements AuthorizationRule {

  private static final int SECONDS = 5;
  private static final int AT_A_TIME = 100;
  private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Optional<AuthorizationStatus> NOTHING_AGAINST = Optional.empty();

  private final RoamingTokens tokens;
  private final Partners partners;
  private final TokenQuestion question;
  private final Executor executor;
  private final TimeSource time;
  private final Map<Long, Semaphore> free = new ConcurrentHashMap<>();
  private final Map<Long, Long> silentSince = new ConcurrentHashMap<>();

  /**
   * @param executor runs what blocks
   */
  public RealTimeRule(
      RoamingTokens tokens,
      Partners partners,
      PartnerClient client,
      PlaceBook places,
      Executor executor,
      TimeSource time) {
    this.tokens = tokens;
    this.partners = partners;
    this.question = new TokenQuestion(client, places);
    this.executor = executor;
    this.time = time;
  }

  @Override
  public CompletionStage<Optional<AuthorizationStatus>> refuse(
      AuthorizationRequest request, Authorization candidate) {
    Long payer = candidate.driverId();
    Optional<Partner> partner = payer == null ? Optional.empty() : partners.byId(payer);
    if (partner.isEmpty()) {
      return CompletableFuture.completedStage(NOTHING_AGAINST);
    }
    if (!partner.get().isRegistered()) {
      return CompletableFuture.completedStage(Optional.of(AuthorizationStatus.INVALID));
    }
    return CompletableFuture.supplyAsync(() -> toAsk(partner.get(), request), executor)
        .thenCompose(
            token ->
                token.isEmpty()
                    ? CompletableFuture.completedStage(NOTHING_AGAINST)
                    : bounded(partner.get(), token.get(), request));
  }

  /** The token, if its partner has to be asked. */
  private Optional<RoamingToken> toAsk(Partner partner, AuthorizationRequest request) {
    return tokens
        .byUid(partner.id(), request.token().uid())
        .filter(
            token ->
                switch (token.whitelist()) {
                  case ALWAYS -> false;
                  case ALLOWED, ALLOWED_OFFLINE -> !isSilent(partner);
                  case NEVER -> true;
                })
        .filter(
            token ->
                !tokens.hasConsent(partner.id(), token.uid(), request.purpose() == Purpose.START));
  }

  private boolean isSilent(Partner partner) {
    Long since = silentSince.get(partner.id());
    return since != null && time.nanos() - since < SILENCE_NANOS;
  }

  private CompletionStage<Optional<AuthorizationStatus>> bounded(
      Partner partner, RoamingToken token, AuthorizationRequest request) {
    Semaphore mine = free.computeIfAbsent(partner.id(), id -> new Semaphore(AT_A_TIME));
    if (!mine.tryAcquire()) {
      return CompletableFuture.completedStage(unanswered(token));
    }
    CompletableFuture<Said> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return question.ask(partner, token.uid(), token.type(), request);
              } finally {
                mine.release();
              }
            },
            executor);
    return answer
        .completeOnTimeout(new Said.Nothing(), SECONDS, TimeUnit.SECONDS)
        .thenApplyAsync(said -> judge(partner, token, said), executor);
  }

  private Optional<AuthorizationStatus> judge(Partner partner, RoamingToken token, Said said) {
    Optional<AuthorizationStatus> came =
        switch (said) {
          case Said.Info info -> answered(partner, token, info);
          case Said.No _ -> Optional.of(AuthorizationStatus.INVALID);
          case Said.Nothing _ -> unanswered(token);
        };
    if (said instanceof Said.Nothing) {
      silentSince.put(partner.id(), time.nanos());
    } else {
      silentSince.remove(partner.id());
    }
    return came;
  }

  private Optional<AuthorizationStatus> answered(
      Partner partner, RoamingToken token, Said.Info info) {
    return switch (info.allowed()) {
      case "ALLOWED" -> {
        tokens.agreed(partner.id(), token.uid(), info.reference().orElse(null));
        yield NOTHING_AGAINST;
      }
      case "BLOCKED" -> Optional.of(AuthorizationStatus.BLOCKED);
      case "EXPIRED" -> Optional.of(AuthorizationStatus.EXPIRED);
      case "NO_CREDIT" -> Optional.of(AuthorizationStatus.NO_CREDIT);
      case "NOT_ALLOWED" -> Optional.of(AuthorizationStatus.NOT_AT_THIS_LOCATION);
      default -> unanswered(token); // nonsense is no answer
    };
  }

  private static Optional<AuthorizationStatus> unanswered(RoamingToken token) {
    return token.whitelist() == Whitelist.NEVER
        ? Optional.of(AuthorizationStatus.INVALID)
        : NOTHING_AGAINST;
  }
}
