package org.ampay.web.api;

import java.util.List;
import org.ampay.access.TokenGroup;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Field;
import org.ampay.web.people.Permission;

/** Calls for what is known of groups of tokens besides their members. */
final class TokenGroupsApi {

  private final Tokens tokens;
  private final AuditLog audit;

  TokenGroupsApi(Tokens tokens, AuditLog audit) {
    this.tokens = tokens;
    this.audit = audit;
  }

  record GroupIn(
      @Field(
              "its tokens stop sessions and start none; at stations of OCPP 2.0.1 it must be their"
                  + " MasterPassGroupId")
          Boolean masterPass) {}

  record GroupOut(String group, long operator, boolean masterPass) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/token-groups",
                Permission.TOKENS_READ,
                "Lists groups that somebody said something of")
            .lists(GroupOut.class)
            .by(this::list),
        ApiRoute.put("/token-groups/{group}", Permission.TOKENS_WRITE, "Says what a group is")
            .takes(GroupIn.class)
            .answers(200, GroupOut.class)
            .by(this::put));
  }

  private Answer list(ApiCall call) {
    List<TokenGroup> rows = tokens.groups(call.owner(null), call.cursorText(), call.limit() + 1);
    return Answer.json(200, call.page(rows, TokenGroupsApi::out, TokenGroup::key));
  }

  private Answer put(ApiCall call) {
    GroupIn in = call.body(GroupIn.class);
    TokenGroup group =
        Faults.input(
            () -> new TokenGroup(call.owner(null), call.pathParam("group"), in.masterPass()));
    AuditEntry entry =
        AuditEntry.of(
                group.operatorId(),
                call.caller().actor(),
                "token_group.update",
                "token_group:" + group.token())
            .with("master_pass", group.masterPass());
    tokens.put(group, tx -> audit.append(tx, entry));
    return Answer.json(200, out(group));
  }

  private static GroupOut out(TokenGroup group) {
    return new GroupOut(group.token(), group.operatorId(), group.masterPass());
  }
}
