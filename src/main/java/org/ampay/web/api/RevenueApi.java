package org.ampay.web.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.share.BillShare;
import org.ampay.billing.share.Component;
import org.ampay.billing.share.ContractException;
import org.ampay.billing.share.Contracts;
import org.ampay.billing.share.Payee;
import org.ampay.billing.share.RevenueContract;
import org.ampay.billing.share.ShareRule;
import org.ampay.station.Inventory;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.BillReadStore;
import org.jspecify.annotations.Nullable;

/** Calls for who shares in the price of sessions: payees, contracts, the shares of a settlement. */
final class RevenueApi {

  private static final String COMPONENTS =
      "electricity, service, time, occupancy, reservation, session";
  private static final String KINDS = "site_owner, agent, platform, other";
  private static final int MAX_RULES = 20;
  private static final long MOST_MINOR = 1_000_000_000_000L;

  private final Contracts contracts;
  private final BillReadStore bills;
  private final Inventory inventory;
  private final AuditLog audit;

  RevenueApi(Contracts contracts, BillReadStore bills, Inventory inventory, AuditLog audit) {
    this.contracts = contracts;
    this.bills = bills;
    this.inventory = inventory;
    this.audit = audit;
  }

  record PayeeIn(
      @Field(maxLength = 100) String name, @Field(KINDS) String kind, @Nullable Ref operator) {}

  record PayeeChange(
      @Field(maxLength = 100) @Nullable String name,
      @Field(KINDS) @Nullable String kind,
      @Field("whether new contracts may name it") @Nullable Boolean active) {}

  record PayeeOut(
      long id, long operator, String name, String kind, boolean active, Instant createdAt) {

    static PayeeOut of(Payee payee) {
      return new PayeeOut(
          payee.id(),
          payee.operatorId(),
          payee.name(),
          payee.kind().code(),
          payee.active(),
          payee.createdAt());
    }
  }

  record RuleShape(
      @Field("id") long payee,
      @Field(value = COMPONENTS, maxItems = 6) List<String> components,
      @Field(
              "price (without tax, as paid) or after_fee (less the platform's fee); price by"
                  + " default")
          @Nullable String base,
      @Field(value = "of the base, rounded down", min = 0, max = 10_000)
          @Nullable Integer basisPoints,
      @Field(value = "on top", min = 0, max = MOST_MINOR) @Nullable Long flatMinor,
      @Field(value = "at least", min = 0, max = MOST_MINOR) @Nullable Long minMinor,
      @Field(value = "at most", min = 0, max = MOST_MINOR) @Nullable Long maxMinor) {

    static RuleShape of(ShareRule rule) {
      return new RuleShape(
          rule.payeeId(),
          rule.components().stream().sorted().map(Component::code).toList(),
          rule.base().code(),
          rule.basisPoints(),
          rule.flatMinor(),
          rule.minMinor(),
          rule.maxMinor());
    }

    ShareRule rule() {
      Set<Component> of = new HashSet<>();
      for (String code : components) {
        of.add(
            Component.ofCode(code)
                .orElseThrow(() -> new ContractException("components", "one of " + COMPONENTS)));
      }
      return new ShareRule(
          payee,
          of,
          known(),
          basisPoints == null ? 0 : basisPoints,
          flatMinor == null ? 0 : flatMinor,
          minMinor == null ? 0 : minMinor,
          maxMinor);
    }

    private ShareRule.Base known() {
      if (base == null || base.equals(ShareRule.Base.PRICE.code())) {
        return ShareRule.Base.PRICE;
      }
      if (base.equals(ShareRule.Base.AFTER_FEE.code())) {
        return ShareRule.Base.AFTER_FEE;
      }
      throw new ContractException("base", "must be one of [price, after_fee]");
    }
  }

  record ContractIn(
      @Field(maxLength = 100) String name,
      @Field("id of a site: for its stations") @Nullable Long site,
      @Field("identity of a station: for it alone") @Nullable String station,
      @Field("the operator's by default") @Nullable String currency,
      @Field("at least two minutes ahead; as soon as can be by default")
          @Nullable Instant validFrom,
      @Field("exclusive; until it is ended by default") @Nullable Instant validUntil,
      @Field(value = "in the order in which a small bill is shared", maxItems = MAX_RULES)
          List<RuleShape> rules,
      @Nullable Ref operator) {}

  record EndIn(
      @Field("at least two minutes ahead; as soon as can be by default")
          @Nullable Instant validUntil) {}

  record ContractOut(
      long id,
      long operator,
      String name,
      @Nullable Long site,
      @Nullable String station,
      String currency,
      Instant validFrom,
      @Nullable Instant validUntil,
      List<RuleShape> rules,
      String createdBy,
      Instant createdAt) {}

  record ShareOut(
      long payee,
      long contract,
      @Field("of the contract's rule") int line,
      String currency,
      @Field("what the share is of") long baseMinor,
      @Field("of the whole bill; what of it is owed depends on what was paid and given back")
          long shareMinor) {

    static ShareOut of(BillShare share) {
      return new ShareOut(
          share.payeeId(),
          share.contractId(),
          share.lineNo(),
          share.currency(),
          share.baseMinor(),
          share.shareMinor());
    }
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/payees", Permission.LEDGER_READ, "Lists who has shares, newest first")
            .lists(PayeeOut.class)
            .by(this::payees),
        ApiRoute.post("/payees", Permission.REVENUE_WRITE, "Adds a payee")
            .takes(PayeeIn.class)
            .answers(201, PayeeOut.class)
            .by(this::addPayee),
        ApiRoute.get("/payees/{id}", Permission.LEDGER_READ, "A payee")
            .answers(200, PayeeOut.class)
            .by(call -> Answer.json(200, PayeeOut.of(payee(call)))),
        ApiRoute.patch("/payees/{id}", Permission.REVENUE_WRITE, "Changes a payee")
            .takes(PayeeChange.class)
            .answers(200, PayeeOut.class)
            .by(this::changePayee),
        ApiRoute.get(
                "/revenue-contracts",
                Permission.LEDGER_READ,
                "Lists revenue contracts, newest first")
            .lists(ContractOut.class)
            .by(this::list),
        ApiRoute.post("/revenue-contracts", Permission.REVENUE_WRITE, "Adds a revenue contract")
            .describe(
                "Of a station, a site or all of the operator's stations; of those that fit a bill"
                    + " the most special one counts. Contracts of the same scope must not overlap.")
            .takes(ContractIn.class)
            .answers(201, ContractOut.class)
            .by(this::add),
        ApiRoute.get("/revenue-contracts/{id}", Permission.LEDGER_READ, "A revenue contract")
            .answers(200, ContractOut.class)
            .by(
                call ->
                    contracts
                        .contract(call.scope().operatorId(), call.idParam("id"))
                        .map(contract -> Answer.json(200, out(contract)))
                        .orElseThrow(RevenueApi::noContract)),
        ApiRoute.post(
                "/revenue-contracts/{id}/end", Permission.REVENUE_WRITE, "Ends a revenue contract")
            .describe("Bills that were made before keep their shares.")
            .takes(EndIn.class)
            .answers(200, ContractOut.class)
            .by(this::end),
        ApiRoute.get(
                "/settlements/{id}/shares",
                Permission.LEDGER_READ,
                "Who has shares in a settlement's bill, in the order of the contract's rules")
            .lists(ShareOut.class)
            .by(this::shares));
  }

  private Answer payees(ApiCall call) {
    List<Payee> rows =
        contracts.payees(
            call.scope().operatorId(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, PayeeOut::of, Payee::id));
  }

  private Answer addPayee(ApiCall call) {
    PayeeIn in = call.body(PayeeIn.class);
    long operator = operator(call.owner(in.operator()));
    return checked(
        () -> {
          Payee made =
              contracts.addPayee(
                  operator,
                  in.name(),
                  kind(in.kind()),
                  (tx, payee) -> audit.append(tx, entry(call, payee, "payee.create")));
          return Answer.json(201, PayeeOut.of(made));
        });
  }

  private Answer changePayee(ApiCall call) {
    Payee old = payee(call);
    PayeeChange in = call.body(PayeeChange.class);
    return checked(
        () -> {
          Payee wanted =
              new Payee(
                  old.id(),
                  old.operatorId(),
                  in.name() == null ? old.name() : in.name(),
                  in.kind() == null ? old.kind() : kind(in.kind()),
                  in.active() == null ? old.active() : in.active(),
                  old.createdAt());
          contracts.changePayee(
              wanted,
              (tx, payee) ->
                  audit.append(
                      tx, entry(call, payee, "payee.update").with("active", payee.active())));
          return Answer.json(200, PayeeOut.of(wanted));
        });
  }

  private Payee payee(ApiCall call) {
    return contracts
        .payee(call.scope().operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such payee").exception());
  }

  private static Payee.Kind kind(String code) {
    return Payee.Kind.ofCode(code)
        .orElseThrow(() -> new ContractException("kind", "one of " + KINDS));
  }

  private static AuditEntry entry(ApiCall call, Payee payee, String action) {
    return AuditEntry.of(payee.operatorId(), call.caller().actor(), action, "payee:" + payee.id())
        .with("name", payee.name())
        .with("kind", payee.kind().code());
  }

  private Answer list(ApiCall call) {
    List<RevenueContract> rows =
        contracts.contracts(
            call.scope().operatorId(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, this::out, RevenueContract::id));
  }

  private Answer add(ApiCall call) {
    ContractIn in = call.body(ContractIn.class);
    long operator = operator(call.owner(in.operator()));
    return checked(
        () -> {
          List<ShareRule> rules = new ArrayList<>();
          in.rules().forEach(rule -> rules.add(rule.rule()));
          Contracts.Draft draft =
              new Contracts.Draft(
                  operator,
                  new RevenueContract.Scope(in.site(), station(operator, in.station())),
                  in.name(),
                  in.currency() == null ? currency(operator) : in.currency(),
                  in.validFrom(),
                  in.validUntil(),
                  rules,
                  call.caller().actor());
          RevenueContract made =
              contracts.add(
                  draft,
                  (tx, contract) ->
                      audit.append(tx, entry(call, contract, "revenue_contract.create")));
          return Answer.json(201, out(made));
        });
  }

  private Answer end(ApiCall call) {
    EndIn in = call.body(EndIn.class);
    return checked(
        () ->
            contracts
                .end(
                    call.scope().operatorId(),
                    call.idParam("id"),
                    in.validUntil(),
                    (tx, ended) -> audit.append(tx, entry(call, ended, "revenue_contract.end")))
                .map(contract -> Answer.json(200, out(contract)))
                .orElseThrow(RevenueApi::noContract));
  }

  private Answer shares(ApiCall call) {
    long bill =
        bills
            .settlement(call.scope(), call.idParam("id"))
            .orElseThrow(() -> Problem.notFound("there is no such settlement").exception())
            .billId();
    List<ShareOut> items = contracts.ofBill(bill).stream().map(ShareOut::of).toList();
    return Answer.json(200, new ListAnswer<>(items, null));
  }

  private static RuntimeException noContract() {
    return Problem.notFound("there is no such contract").exception();
  }

  private @Nullable Long station(long operator, @Nullable String identity) {
    if (identity == null) {
      return null;
    }
    return inventory
        .byIdentity(identity)
        .filter(station -> station.operatorId() == operator)
        .orElseThrow(() -> new ContractException("station", "there is no such station"))
        .id();
  }

  private long operator(long id) {
    if (inventory.operator(id).isEmpty()) {
      throw Problem.badField("operator", "there is no such operator").exception();
    }
    return id;
  }

  private String currency(long operator) {
    return inventory.operator(operator).orElseThrow().currency();
  }

  private static AuditEntry entry(ApiCall call, RevenueContract contract, String action) {
    AuditEntry entry =
        AuditEntry.of(
                contract.operatorId(),
                call.caller().actor(),
                action,
                "revenue_contract:" + contract.id())
            .with("name", contract.name())
            .with("from", contract.validFrom().toString())
            .with("rules", contract.rules().size());
    Instant until = contract.validUntil();
    return until == null ? entry : entry.with("until", until.toString());
  }

  private ContractOut out(RevenueContract contract) {
    Long station = contract.scope().stationId();
    return new ContractOut(
        contract.id(),
        contract.operatorId(),
        contract.name(),
        contract.scope().siteId(),
        station == null ? null : identity(station),
        contract.currency(),
        contract.validFrom(),
        contract.validUntil(),
        contract.rules().stream().map(RuleShape::of).toList(),
        contract.createdBy(),
        contract.createdAt());
  }

  private String identity(long station) {
    return inventory.byId(station).map(info -> info.identity()).orElse("");
  }

  private static Answer checked(java.util.function.Supplier<Answer> work) {
    try {
      return work.get();
    } catch (ContractException e) {
      throw Problem.badField(e.field(), String.valueOf(e.getMessage())).exception();
    }
  }
}
