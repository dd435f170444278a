package org.ampay.ocpi.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.TokenSource;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.token.TokenQuestion.Said;

/**
 * Asks the operator's partners about a card that nobody told us of. The first that knows it gets
 * it: its token is kept as if it had been pushed, so that a session is paid by that partner.
 * Bounded in every direction: how many are asked, for how long, how often about one card, how many
 * at a time.
 */
public final class TokenSearch implements TokenSource {

  private static final int SECONDS = 5;
  private static final int MOST_PARTNERS = 10;
  private static final int MOST_FORGOTTEN = 20_000;
  private static final Duration FORGET = Duration.ofMinutes(5);

  /** 1.6 does not say what a card is. */
  private static final Set<String> CARDS = Set.of("", "ISO14443", "ISO15693");

  private record Unknown(long operatorId, String key) {}

  private final RoamingTokens tokens;
  private final Partners partners;
  private final TokenQuestion question;
  private final Executor executor;
  private final Cache<Unknown, Boolean> nobodys;
  private final Semaphore free = new Semaphore(50);

  /**
   * @param executor runs what blocks
   */
  public TokenSearch(
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
    this.nobodys =
        Caffeine.newBuilder()
            .maximumSize(MOST_FORGOTTEN)
            .expireAfterWrite(FORGET)
            .ticker(time::nanos)
            .build();
  }

  @Override
  public CompletionStage<Boolean> look(AuthorizationRequest request) {
    Unknown unknown = new Unknown(request.station().operatorId(), request.token().key());
    String uid = request.token().uid();
    if (!CARDS.contains(request.token().type())
        || uid.isBlank()
        || uid.length() > 36
        || nobodys.getIfPresent(unknown) != null) {
      return CompletableFuture.completedStage(false);
    }
    List<Partner> asked =
        partners.of(unknown.operatorId()).stream()
            .filter(Partner::isRegistered)
            .filter(partner -> partner.endpoint(ModuleId.TOKENS, InterfaceRole.SENDER).isPresent())
            .limit(MOST_PARTNERS)
            .toList();
    if (asked.isEmpty() || !free.tryAcquire()) {
      return CompletableFuture.completedStage(false);
    }
    nobodys.put(unknown, true); // a second question meanwhile, and for some minutes, is not asked
    return anyOf(asked.stream().map(partner -> ask(partner, uid, request)).toList())
        .whenComplete((found, failure) -> free.release())
        .completeOnTimeout(false, SECONDS, TimeUnit.SECONDS)
        .exceptionally(failure -> false);
  }

  private CompletableFuture<Boolean> ask(
      Partner partner, String uid, AuthorizationRequest request) {
    return CompletableFuture.supplyAsync(
            () ->
                question.ask(partner, uid, "RFID", request) instanceof Said.Info info
                    && keep(partner, uid, info),
            executor)
        .exceptionally(failure -> false);
  }

  /** Done as soon as one of them is true, or all are false. */
  private static CompletableFuture<Boolean> anyOf(List<CompletableFuture<Boolean>> all) {
    CompletableFuture<Boolean> any = new CompletableFuture<>();
    all.forEach(
        one ->
            one.thenAccept(
                found -> {
                  if (found) {
                    any.complete(true);
                  }
                }));
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenRun(() -> any.complete(false));
    return any;
  }

  private boolean keep(Partner partner, String uid, Said.Info info) {
    Optional<RoamingToken> token = token(partner, uid, info.body().path("token"));
    token.ifPresent(
        known -> {
          tokens.put(partner, known);
          if (info.allowed().equals("ALLOWED")) {
            tokens.agreed(partner.id(), known.uid(), info.reference().orElse(null));
          }
        });
    return token.isPresent();
  }

  private static Optional<RoamingToken> token(Partner partner, String uid, JsonNode body) {
    var version = partner.version();
    if (version == null
        || !(body instanceof ObjectNode object)
        || !Facts.of(version).check("Token", object, Strictness.RECEIVED).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(RoamingToken.of(object))
        .filter(token -> token.uid().equalsIgnoreCase(uid))
        .filter(token -> partner.speaksFor(token.party()));
  }
}
