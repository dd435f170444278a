package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.payment.fee.FeeBook;
import org.ampay.payment.fee.PlatformFee;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.store.StoreException;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for what the platform keeps of payments: operators see theirs, the platform sets it. */
final class PlatformFeesApi {

  private final FeeBook fees;
  private final Inventory inventory;
  private final AuditLog audit;

  PlatformFeesApi(FeeBook fees, Inventory inventory, AuditLog audit) {
    this.fees = fees;
    this.inventory = inventory;
    this.audit = audit;
  }

  record FeeIn(
      @Nullable Ref operator,
      @Field("at least two minutes ahead; as soon as can be by default") @Nullable Instant from,
      @Field("of the price without tax, 0 to 10000") @Nullable Integer basisPoints,
      @Nullable Long flatMinor,
      @Nullable Long minMinor,
      @Nullable Long maxMinor) {}

  record FeeOut(
      long id,
      long operator,
      Instant from,
      String currency,
      int basisPoints,
      long flatMinor,
      long minMinor,
      @Nullable Long maxMinor,
      Instant createdAt) {

    static FeeOut of(PlatformFee fee) {
      return new FeeOut(
          fee.id(),
          fee.operatorId(),
          fee.validFrom(),
          fee.currency(),
          fee.basisPoints(),
          fee.flatMinor(),
          fee.minMinor(),
          fee.maxMinor(),
          fee.createdAt());
    }
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/platform-fees",
                Permission.LEDGER_READ,
                "What the platform keeps of an operator's payments, newest first")
            .lists(FeeOut.class)
            .by(this::list),
        ApiRoute.post(
                "/platform-fees",
                Permission.FEES_WRITE,
                "Sets what the platform keeps from a time on; only for keys of the platform")
            .takes(FeeIn.class)
            .answers(201, FeeOut.class)
            .by(this::add));
  }

  private Answer list(ApiCall call) {
    List<FeeOut> items = fees.history(call.owner(null)).stream().map(FeeOut::of).toList();
    return Answer.json(200, new ListAnswer<>(items, null));
  }

  private Answer add(ApiCall call) {
    if (call.caller().operatorId() != null) {
      throw Problem.forbidden("only the platform sets its fees").exception();
    }
    FeeIn in = call.body(FeeIn.class);
    long operatorId = call.owner(in.operator());
    Optional<Operator> operator =
        inventory.operators().stream().filter(o -> o.id() == operatorId).findFirst();
    if (operator.isEmpty()) {
      throw Problem.badField("operator", "there is no such operator").exception();
    }
    FeeBook.Draft draft =
        new FeeBook.Draft(
            operatorId,
            in.from(),
            operator.get().currency(),
            in.basisPoints() == null ? 0 : in.basisPoints(),
            in.flatMinor() == null ? 0 : in.flatMinor(),
            in.minMinor() == null ? 0 : in.minMinor(),
            in.maxMinor());
    return Answer.json(201, FeeOut.of(stored(call, draft)));
  }

  private PlatformFee stored(ApiCall call, FeeBook.Draft draft) {
    try {
      return fees.add(
          draft,
          (tx, fee) ->
              audit.append(
                  tx,
                  AuditEntry.of(
                          fee.operatorId(),
                          call.caller().actor(),
                          "platform_fee.set",
                          "operator:" + fee.operatorId())
                      .with("from", fee.validFrom().toString())
                      .with("basis_points", fee.basisPoints())
                      .with("flat_minor", fee.flatMinor())));
    } catch (IllegalArgumentException e) {
      throw Problem.badField("from", String.valueOf(e.getMessage())).exception();
    } catch (StoreException.DuplicateKey e) {
      throw Problem.badField("from", "another fee begins at that time").exception();
    }
  }
}
