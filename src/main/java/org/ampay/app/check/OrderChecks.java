package org.ampay.app.check;

import java.util.List;

/** Invariants of orders, the deposits that were paid for them, and what providers told. */
final class OrderChecks {

  private OrderChecks() {}

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(
              "deposits_match_operations",
              "account",
              """
              SELECT CONCAT('driver ', x.driver_id, ' paid in ', SUM(x.due),
                ' that is not used or given back, in the ledger is ', SUM(x.booked))
              FROM (SELECT operator_id, driver_id, currency, 0 AS booked,
                  CASE WHEN kind = 'present' THEN done_minor ELSE -done_minor END AS due
                FROM payment_operation WHERE state = 'succeeded' AND (kind = 'present'
                  OR (kind = 'capture' AND provider = 'deposit')
                  OR (kind = 'refund' AND order_id IS NOT NULL AND settlement_id IS NULL))
                UNION ALL SELECT operator_id, CAST(SUBSTRING_INDEX(code, ':', -1) AS SIGNED),
                  currency, -balance_minor, 0
                FROM account WHERE code LIKE 'deposit:%') x
              GROUP BY x.operator_id, x.driver_id, x.currency
              HAVING SUM(x.due) <> SUM(x.booked)\
              """),
          new SqlCheck(
              "deposits_have_orders",
              "account",
              """
              SELECT CONCAT('account ', a.id, ' ', a.code, ' has ', -a.balance_minor,
                ' and no order that it is for')
              FROM account a WHERE a.code LIKE 'deposit:%' AND a.balance_minor <> 0
              AND NOT EXISTS (SELECT 1 FROM payment_order r
                WHERE r.driver_id = CAST(SUBSTRING_INDEX(a.code, ':', -1) AS SIGNED)
                AND (r.state <> 'closed' OR EXISTS (SELECT 1 FROM payment_alarm l
                  WHERE l.order_id = r.id AND l.cleared_at IS NULL)
                OR EXISTS (SELECT 1 FROM job q WHERE q.kind = 'order' AND q.ref = r.id)))\
              """),
          new SqlCheck(
              "orders_end_or_wait",
              "payment_order",
              """
              SELECT CONCAT('order ', r.id, ' is ', r.state, ' without a job')
              FROM payment_order r WHERE r.state <> 'closed'
              AND NOT EXISTS (SELECT 1 FROM job q WHERE q.kind = 'order' AND q.ref = r.id)\
              """),
          new SqlCheck(
              "closed_orders_are_done",
              "payment_order",
              """
              SELECT CONCAT('order ', r.id, ' is closed: ', COALESCE(r.end_reason, 'no reason'),
                ', hold ', COALESCE(h.state, 'none'))
              FROM payment_order r LEFT JOIN start_hold h ON h.id = r.hold_id
              WHERE r.state = 'closed' AND (r.end_reason IS NULL OR h.state = 'held')\
              """),
          new SqlCheck(
              "orders_match_payments",
              "payment_order",
              """
              SELECT CONCAT('order ', r.id, ' has ', r.held_minor, ', its operations ',
                COALESCE(SUM(o.done_minor), 0))
              FROM payment_order r LEFT JOIN payment_operation o ON o.order_id = r.id
                AND o.settlement_id IS NULL AND o.state = 'succeeded'
                AND o.kind IN ('present', 'authorize', 'increment')
              WHERE r.state <> 'waiting' AND NOT EXISTS (
                SELECT 1 FROM job q WHERE q.kind = 'order' AND q.ref = r.id)
              GROUP BY r.id, r.held_minor HAVING r.held_minor <> COALESCE(SUM(o.done_minor), 0)\
              """),
          new SqlCheck(
              "orders_live_once",
              "payment_order",
              """
              SELECT CONCAT('order ', id, ' is ', state, ', its EVSE ',
                COALESCE(live_evse, 'is free'))
              FROM payment_order WHERE (live_evse IS NOT NULL)
                <> (state IN ('waiting', 'paid', 'starting', 'charging'))\
              """),
          new SqlCheck(
              "order_owners_agree",
              "payment_order",
              """
              SELECT CONCAT('order ', r.id, ' of operator ', r.operator_id, ', driver ',
                r.driver_id, ': its session, hold or operations differ')
              FROM payment_order r LEFT JOIN charging_session s ON s.id = r.session_id
              LEFT JOIN start_hold h ON h.id = r.hold_id
              LEFT JOIN payment_operation o ON o.order_id = r.id
              WHERE s.operator_id <> r.operator_id
              OR h.operator_id <> r.operator_id OR NOT (h.id IS NULL OR h.driver_id <=> r.driver_id)
              OR o.operator_id <> r.operator_id OR o.currency <> r.currency
              OR o.driver_id <> r.driver_id\
              """),
          new SqlCheck(
              "callbacks_applied_or_waiting",
              "payment_callback",
              """
              SELECT CONCAT('callback ', c.id, ' is ', c.state, ', its job is missing or it is of ',
                'no operation of ours')
              FROM payment_callback c LEFT JOIN payment_operation o ON o.id = c.operation_id
              WHERE o.id IS NULL OR o.operator_id <> c.operator_id
              OR (c.state = 'applied') <> (c.applied_at IS NOT NULL)
              OR (c.state <> 'applied' AND NOT EXISTS (
                SELECT 1 FROM job q WHERE q.kind = 'callback' AND q.ref = c.id))\
              """),
          new SqlCheck(
              "payments_of_one_account",
              "payment_operation",
              """
              SELECT CONCAT('operation ', o.id, ' of operator ', o.operator_id, ' by account ',
                o.account_id, ' of ', COALESCE(a.operator_id, 'nobody'))
              FROM payment_operation o JOIN payment_account a ON a.id = o.account_id
              WHERE a.operator_id <> o.operator_id OR a.provider <> o.provider\
              """));
}
