package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.access.Token;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.AccessReadStore.TokenRow;

/** Tokens: list, adding, adopting an unknown one, blocking. */
final class TokenPages {

  private static final int PAGE = 50;

  private final Pages pages;
  private final Tokens tokens;
  private final AccessReadStore access;
  private final AuditLog audit;

  TokenPages(Pages pages, Tokens tokens, AccessReadStore access, AuditLog audit) {
    this.pages = pages;
    this.tokens = tokens;
    this.access = access;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/tokens", Permission.TOKENS_READ, call -> list(call, 200, "")),
        ConsoleRoute.post("/tokens", Permission.TOKENS_WRITE, this::create),
        ConsoleRoute.post("/tokens/{uid}/blocked", Permission.TOKENS_WRITE, this::block));
  }

  private Answer list(PageCall call, int status, String error) {
    String search = call.query("q");
    List<TokenRow> rows = access.tokens(call.scope(), search, call.queryLong("after", 0), PAGE + 1);
    boolean more = rows.size() > PAGE;
    List<TokenRow> shown = more ? rows.subList(0, PAGE) : rows;
    Map<String, Object> model = new HashMap<>();
    model.put("tokens", shown);
    model.put("unknown", access.unknownTokens(call.scope(), 50));
    model.put("drivers", access.drivers(call.scope(), "", 0, 200));
    model.put("types", Token.TYPES.stream().sorted().toList());
    model.put("search", search);
    model.put("error", error);
    model.put("uid", call.query("adopt"));
    model.put("driver", call.queryLong("driver", 0));
    model.put("next", more ? String.valueOf(shown.getLast().id()) : "");
    return pages.page(status, "tokens", call.ui(), model);
  }

  private Answer create(PageCall call) {
    try {
      String driver = call.form("driver");
      Token draft =
          Faults.input(
              () ->
                  new Token(
                      0,
                      call.operatorId(),
                      call.form("uid"),
                      call.form("type"),
                      call.formOrNull("group"),
                      driver.isEmpty() ? null : driver(driver),
                      null,
                      null,
                      false,
                      1,
                      List.of()));
      Token token =
          Faults.refusals(
              () ->
                  tokens.create(
                      draft, (tx, made) -> audit.append(tx, entry(call, made, "token.create"))));
      return Answer.seeOther("/tokens?q=" + call.ui().part(token.uid()));
    } catch (ProblemException e) {
      return list(call, 400, Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private static Long driver(String text) {
    return new Ref(text)
        .id()
        .orElseThrow(() -> Problem.badField("driver", "must be an id").exception());
  }

  private Answer block(PageCall call) {
    Token old =
        tokens
            .read(call.operatorId(), call.pathParam("uid"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    boolean blocked = call.form("blocked").equals("true");
    AuditEntry entry = entry(call, old, blocked ? "token.block" : "token.unblock");
    tokens.update(old.withBlocked(blocked), (tx, changed) -> audit.append(tx, entry));
    return Answer.seeOther("/tokens?q=" + call.ui().part(old.uid()));
  }

  private static AuditEntry entry(PageCall call, Token token, String action) {
    return AuditEntry.of(token.operatorId(), call.caller().actor(), action, "token:" + token.uid());
  }
}
