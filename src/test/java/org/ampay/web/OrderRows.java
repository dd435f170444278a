package org.ampay.web;

import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.PAYMENT_ORDER;

import java.time.Duration;
import org.ampay.base.Digests;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.station.StationInfo;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Writes orders in any state straight into the tables. */
final class OrderRows {

  private final WebFixture web;

  OrderRows(WebFixture web) {
    this.web = web;
  }

  /**
   * An order to be written; amounts in minor units.
   *
   * @param held what the payer agreed to
   * @param action what he is to scan or open
   */
  record Draft(
      StationInfo station,
      ProviderKey via,
      Flow flow,
      Form form,
      State state,
      @Nullable EndReason end,
      long held,
      @Nullable String action,
      @Nullable Long session,
      @Nullable Long total,
      @Nullable Long returned,
      boolean cancelAsked) {

    static Draft of(StationInfo station, State state, @Nullable EndReason end, long held) {
      return new Draft(
          station,
          OrderFixture.WECHAT,
          Flow.PREPAID,
          Form.QR,
          state,
          end,
          held,
          null,
          null,
          null,
          null,
          false);
    }

    Draft via(ProviderKey other, Flow otherFlow, Form otherForm) {
      return new Draft(
          station,
          other,
          otherFlow,
          otherForm,
          state,
          end,
          held,
          action,
          session,
          total,
          returned,
          cancelAsked);
    }

    Draft asking(String what) {
      return new Draft(
          station, via, flow, form, state, end, held, what, session, total, returned, cancelAsked);
    }

    Draft session(long id) {
      return new Draft(
          station, via, flow, form, state, end, held, action, id, total, returned, cancelAsked);
    }

    Draft cost(long totalMinor, long returnedMinor) {
      return new Draft(
          station,
          via,
          flow,
          form,
          state,
          end,
          held,
          action,
          session,
          totalMinor,
          returnedMinor,
          cancelAsked);
    }

    Draft cancelling() {
      return new Draft(
          station, via, flow, form, state, end, held, action, session, total, returned, true);
    }
  }

  /** The code behind the QR code of an EVSE. */
  String payCode(StationInfo station, int evse) {
    return dsl()
        .select(EVSE.PAY_CODE)
        .from(EVSE)
        .where(EVSE.STATION_ID.eq(station.id()))
        .and(EVSE.EVSE_NO.eq(evse))
        .fetchSingle(EVSE.PAY_CODE);
  }

  /** The order's secret code. */
  String order(Draft draft) {
    long id = web.ids.next();
    String code = "%022d".formatted(id);
    dsl()
        .insertInto(PAYMENT_ORDER)
        .set(PAYMENT_ORDER.ID, id)
        .set(PAYMENT_ORDER.OPERATOR_ID, draft.station().operatorId())
        .set(PAYMENT_ORDER.CODE, code)
        .set(PAYMENT_ORDER.IDEM_KEY, Digests.key16(id))
        .set(PAYMENT_ORDER.STATION_ID, draft.station().id())
        .set(PAYMENT_ORDER.EVSE_NO, 1)
        .set(PAYMENT_ORDER.DRIVER_ID, 1L)
        .set(PAYMENT_ORDER.TOKEN_ID, 1L)
        .set(PAYMENT_ORDER.TOKEN_UID, "P" + id)
        .set(PAYMENT_ORDER.PROVIDER, draft.via().provider())
        .set(PAYMENT_ORDER.ACCOUNT_ID, draft.via().accountId())
        .set(PAYMENT_ORDER.FLOW, draft.flow().code())
        .set(PAYMENT_ORDER.FORM, draft.form().code())
        .set(PAYMENT_ORDER.LANGUAGE, "en")
        .set(PAYMENT_ORDER.RETURN_URL, "http://127.0.0.1/pay/orders/" + code)
        .set(PAYMENT_ORDER.CURRENCY, "CNY")
        .set(PAYMENT_ORDER.AMOUNT_MINOR, 5_000L)
        .set(PAYMENT_ORDER.HELD_MINOR, draft.held())
        .set(PAYMENT_ORDER.GIFT_MINOR, 0L)
        .set(PAYMENT_ORDER.STATE, draft.state().code())
        .set(PAYMENT_ORDER.END_REASON, draft.end() == null ? null : draft.end().code())
        .set(PAYMENT_ORDER.WISH, draft.cancelAsked() ? "cancelled" : null)
        .set(PAYMENT_ORDER.DEADLINE, web.time.now().plus(Duration.ofMinutes(10)))
        .set(PAYMENT_ORDER.SESSION_KEY, draft.session() == null ? null : Digests.key16(id))
        .set(PAYMENT_ORDER.HOLD_ID, draft.session() == null ? null : id)
        .set(PAYMENT_ORDER.SESSION_ID, draft.session())
        .set(PAYMENT_ORDER.TOTAL_MINOR, draft.total())
        .set(PAYMENT_ORDER.RETURNED_MINOR, draft.returned())
        .set(PAYMENT_ORDER.CREATED_AT, web.time.now().minus(Duration.ofMinutes(40)))
        .set(PAYMENT_ORDER.UPDATED_AT, web.time.now())
        .execute();
    operation(id, draft);
    return code;
  }

  /** How its money was asked for. */
  private void operation(long order, Draft draft) {
    long id = web.ids.next();
    dsl()
        .insertInto(PAYMENT_OPERATION)
        .set(PAYMENT_OPERATION.ID, id)
        .set(PAYMENT_OPERATION.OPERATOR_ID, draft.station().operatorId())
        .set(PAYMENT_OPERATION.ORDER_ID, order)
        .set(PAYMENT_OPERATION.DRIVER_ID, 1L)
        .set(PAYMENT_OPERATION.PROVIDER, draft.via().provider())
        .set(PAYMENT_OPERATION.ACCOUNT_ID, draft.via().accountId())
        .set(PAYMENT_OPERATION.KIND, draft.flow() == Flow.PREPAID ? "present" : "authorize")
        .set(PAYMENT_OPERATION.REFERENCE, "test" + id)
        .set(PAYMENT_OPERATION.CURRENCY, "CNY")
        .set(PAYMENT_OPERATION.AMOUNT_MINOR, 5_000L)
        .set(PAYMENT_OPERATION.DONE_MINOR, draft.held())
        .set(PAYMENT_OPERATION.GIFT_MINOR, 0L)
        .set(PAYMENT_OPERATION.STATE, state(draft))
        .set(PAYMENT_OPERATION.ATTEMPTS, 1)
        .set(PAYMENT_OPERATION.ACTION_FORM, draft.action() == null ? null : draft.form().code())
        .set(PAYMENT_OPERATION.ACTION, draft.action())
        .set(PAYMENT_OPERATION.CREATED_AT, web.time.now().minus(Duration.ofMinutes(40)))
        .set(PAYMENT_OPERATION.UPDATED_AT, web.time.now())
        .execute();
  }

  private static String state(Draft draft) {
    if (draft.held() > 0) {
      return "succeeded";
    }
    return draft.action() == null ? "pending" : "action_required";
  }

  private DSLContext dsl() {
    return web.database.dsl();
  }
}
