package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ampay.access.IdToken;
import org.ampay.access.Token;
import org.ampay.access.Token.AllowedEvse;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Field;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.AccessReadStore.TokenRow;
import org.jspecify.annotations.Nullable;

/** Calls for id tokens. */
final class TokensApi {

  private final Tokens tokens;
  private final AccessReadStore store;
  private final AuditLog audit;

  TokensApi(Tokens tokens, AccessReadStore store, AuditLog audit) {
    this.tokens = tokens;
    this.store = store;
    this.audit = audit;
  }

  record AllowedEvseIn(
      @Field(value = "id of a station", maxLength = 48) String station,
      @Field(value = "0 or absent: every EVSE of it", min = 0, max = 1000)
          @Nullable Integer evse) {}

  record NewTokenIn(
      @Field(maxLength = 36) String uid,
      @Field(value = "ISO14443 by default", maxLength = 20) @Nullable String type,
      @Field(value = "parentIdTag / groupIdToken", maxLength = 36) @Nullable String group,
      @Field("id of a driver") @Nullable Ref driver,
      @Field("when it expires") @Nullable Instant expiry,
      @Nullable Boolean blocked,
      @Field(value = "sessions at a time; 1 by default", min = 1, max = 10_000)
          @Nullable Integer maxConcurrent,
      @Field("absent: all") @Nullable List<AllowedEvseIn> allowedEvses,
      @Field(value = "AC or DC: only EVSEs of that current; absent: any", maxLength = 2)
          @Nullable String evseType,
      @Nullable Ref operator) {}

  record TokenPatchIn(
      @Field(maxLength = 20) @Nullable String type,
      @Field(maxLength = 36) @Nullable String group,
      @Nullable Ref driver,
      @Nullable Instant expiry,
      @Nullable Boolean blocked,
      @Field(min = 1, max = 10_000) @Nullable Integer maxConcurrent,
      @Nullable List<AllowedEvseIn> allowedEvses,
      @Field(maxLength = 2) @Nullable String evseType) {}

  record TokenOut(
      String uid,
      long operator,
      String type,
      @Nullable String group,
      @Nullable Long driver,
      @Nullable Instant expiry,
      boolean blocked,
      int maxConcurrent,
      @Field("null: all") @Nullable List<AllowedEvse> allowedEvses,
      @Field("AC, DC; null: any") @Nullable String evseType) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/tokens", Permission.TOKENS_READ, "Lists tokens")
            .query("search", "part of the uid or of the driver's name")
            .lists(TokenOut.class)
            .by(this::list),
        ApiRoute.post("/tokens", Permission.TOKENS_WRITE, "Adds a token")
            .describe("Uids compare without case.")
            .takes(NewTokenIn.class)
            .answers(201, TokenOut.class)
            .by(this::create),
        ApiRoute.get("/tokens/{uid}", Permission.TOKENS_READ, "A token")
            .answers(200, TokenOut.class)
            .by(call -> Answer.json(200, out(find(call)))),
        ApiRoute.patch("/tokens/{uid}", Permission.TOKENS_WRITE, "Changes a token")
            .describe("What is absent stays; null takes away group, driver, expiry, limits.")
            .takes(TokenPatchIn.class)
            .answers(200, TokenOut.class)
            .by(this::patch));
  }

  private Answer list(ApiCall call) {
    List<TokenRow> rows =
        store.tokens(
            call.scope(), call.query("search").orElse(""), call.cursorId(0), call.limit() + 1);
    return Answer.json(200, call.page(rows, row -> out(token(row)), TokenRow::id));
  }

  private Answer create(ApiCall call) {
    NewTokenIn in = call.body(NewTokenIn.class);
    long operator = call.owner(in.operator());
    Token draft =
        Faults.input(
            () ->
                new Token(
                    0,
                    operator,
                    in.uid(),
                    Objects.requireNonNullElse(in.type(), "ISO14443"),
                    in.group(),
                    driver(operator, in.driver(), null),
                    null,
                    in.expiry(),
                    in.blocked() != null && in.blocked(),
                    Objects.requireNonNullElse(in.maxConcurrent(), 1),
                    allowed(in.allowedEvses()),
                    new Token.Traits(in.evseType(), false, null)));
    Token token =
        tokens.create(draft, (tx, made) -> audit.append(tx, entry(call, made, "token.create")));
    return Answer.json(201, out(token));
  }

  private Answer patch(ApiCall call) {
    Token old = find(call);
    TokenPatchIn in = call.body(TokenPatchIn.class);
    JsonNode given = call.bodyTree();
    Token changed =
        Faults.input(
            () ->
                new Token(
                    old.id(),
                    old.operatorId(),
                    old.uid(),
                    Objects.requireNonNullElse(in.type(), old.type()),
                    given.has("group") ? in.group() : old.groupToken(),
                    given.has("driver")
                        ? driver(old.operatorId(), in.driver(), old.driverId())
                        : old.driverId(),
                    old.driverGroupId(),
                    given.has("expiry") ? in.expiry() : old.expiresAt(),
                    Objects.requireNonNullElse(in.blocked(), old.blocked()),
                    Objects.requireNonNullElse(in.maxConcurrent(), old.maxConcurrent()),
                    given.has("allowed_evses") ? allowed(in.allowedEvses()) : old.allowedEvses(),
                    given.has("evse_type")
                        ? old.traits().withEvseType(in.evseType())
                        : old.traits()));
    AuditEntry entry = entry(call, changed, "token.update").with("blocked", changed.blocked());
    tokens.update(changed, (tx, stored) -> audit.append(tx, entry));
    return Answer.json(200, out(changed));
  }

  private Token find(ApiCall call) {
    String uid = call.pathParam("uid");
    List<TokenRow> rows = store.tokensOf(call.scope(), IdToken.untyped(uid).key());
    if (rows.isEmpty()) {
      throw Problem.notFound("there is no such token").exception();
    }
    if (rows.size() > 1) {
      throw Problem.badField("operator", "several operators have that token").exception();
    }
    return tokens
        .read(rows.getFirst().operatorId(), uid)
        .orElseThrow(() -> Problem.notFound("there is no such token").exception());
  }

  /** A partner pays for what it calls its own, and for nothing else. */
  private @Nullable Long driver(long operator, @Nullable Ref ref, @Nullable Long before) {
    if (ref == null) {
      return null;
    }
    Long id = ref.id().orElseThrow(() -> Problem.badField("driver", "must be an id").exception());
    if (!id.equals(before) && tokens.isPartner(operator, id)) {
      throw Problem.badField("driver", "is a partner, whose tokens come from it").exception();
    }
    return id;
  }

  private static List<AllowedEvse> allowed(@Nullable List<AllowedEvseIn> in) {
    return in == null
        ? List.of()
        : in.stream()
            .map(e -> new AllowedEvse(e.station(), Objects.requireNonNullElse(e.evse(), 0)))
            .toList();
  }

  private static Token token(TokenRow row) {
    String evses = row.allowedEvses();
    return new Token(
        row.id(),
        row.operatorId(),
        row.uid(),
        row.type(),
        row.group(),
        row.driverId(),
        null,
        row.expiresAt(),
        row.blocked(),
        row.maxConcurrent(),
        evses == null ? List.of() : stored(evses),
        new Token.Traits(row.evseType(), false, null));
  }

  private static List<AllowedEvse> stored(String json) {
    java.util.ArrayList<AllowedEvse> evses = new java.util.ArrayList<>();
    for (JsonNode item : JsonCodec.tree(json)) {
      evses.add(new AllowedEvse(item.path("station").asText(), item.path("evse").asInt()));
    }
    return evses;
  }

  private static TokenOut out(Token token) {
    return new TokenOut(
        token.uid(),
        token.operatorId(),
        token.type(),
        token.groupToken(),
        token.driverId(),
        token.expiresAt(),
        token.blocked(),
        token.maxConcurrent(),
        token.allowedEvses().isEmpty() ? null : token.allowedEvses(),
        token.traits().evseType());
  }

  private static AuditEntry entry(ApiCall call, Token token, String action) {
    return AuditEntry.of(token.operatorId(), call.caller().actor(), action, "token:" + token.uid());
  }
}
