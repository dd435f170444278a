package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ampay.base.Money;
import org.ampay.payment.Dispute;
import org.ampay.payment.DisputeBook;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for what payers dispute at their banks: read only, since the providers tell it. */
final class DisputesApi {

  private static final List<String> STATES = List.of("warning", "open", "won", "lost");

  private final DisputeBook disputes;

  DisputesApi(DisputeBook disputes) {
    this.disputes = disputes;
  }

  record DisputeOut(
      long id,
      long operator,
      String provider,
      @Field("the operator's account with the provider") @Nullable Long account,
      @Field("the provider's own id") String ref,
      @Field("the operation that took the money") long operation,
      @Nullable Long settlement,
      long driver,
      Money amount,
      @Field("taken from us until it is decided") Money taken,
      @Field("lost: reversed like a refund") Money reversed,
      @Field("lost: had been given back already, a bad debt") Money writtenOff,
      @Field("warning, open, won, lost") String state,
      String reason,
      @Field("until when evidence is taken") @Nullable String deadline,
      Instant createdAt,
      Instant updatedAt) {

    static DisputeOut of(Dispute dispute) {
      return new DisputeOut(
          dispute.id(),
          dispute.operatorId(),
          dispute.via().provider(),
          dispute.via().accountId(),
          dispute.ref(),
          dispute.operationId(),
          dispute.settlementId(),
          dispute.driverId(),
          dispute.amount(),
          dispute.taken(),
          dispute.reversed(),
          dispute.written(),
          dispute.state().code(),
          dispute.reason(),
          dispute.deadline().isEmpty() ? null : dispute.deadline(),
          dispute.createdAt(),
          dispute.updatedAt());
    }
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/disputes", Permission.SETTLEMENTS_READ, "Lists disputes, newest first")
            .query("state", String.join(", ", STATES))
            .lists(DisputeOut.class)
            .by(this::list),
        ApiRoute.get("/disputes/{id}", Permission.SETTLEMENTS_READ, "A dispute")
            .answers(200, DisputeOut.class)
            .by(this::one));
  }

  private Answer list(ApiCall call) {
    String word = call.choice("state", STATES);
    State state = word == null ? null : State.valueOf(word.toUpperCase(Locale.ROOT));
    List<Dispute> rows =
        disputes.list(
            call.scope().operatorId(), state, call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, DisputeOut::of, Dispute::id));
  }

  private Answer one(ApiCall call) {
    return disputes
        .byId(call.scope().operatorId(), call.idParam("id"))
        .map(dispute -> Answer.json(200, DisputeOut.of(dispute)))
        .orElseThrow(() -> Problem.notFound("there is no such dispute").exception());
  }
}
