package org.ampay.app.check;

import java.util.List;

/** Invariants 4 to 7 as far as SQL can tell: bills, settlements, sessions, facts. */
final class SettlementChecks {

  private SettlementChecks() {}

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(
              "bill_parts_add_up",
              "bill",
              """
              SELECT CONCAT('bill ', b.id, ' of ', b.total_minor, ' has lines of ',
                COALESCE(SUM(l.total_minor), 0))
              FROM bill b LEFT JOIN bill_line l ON l.bill_id = b.id
              GROUP BY b.id, b.excl_minor, b.tax_minor, b.total_minor
              HAVING b.excl_minor + b.tax_minor <> b.total_minor
              OR COALESCE(SUM(l.excl_minor), 0) <> b.excl_minor
              OR COALESCE(SUM(l.tax_minor), 0) <> b.tax_minor
              OR COALESCE(SUM(l.total_minor), 0) <> b.total_minor\
              """),
          new SqlCheck(
              "shares_and_taxes_make_gross",
              "bill",
              """
              SELECT CONCAT('bill ', b.id, ': gross ', b.total_minor, ', in the ledger gross ',
                COALESCE(SUM(CASE WHEN a.kind = 'asset' THEN p.amount_minor END), 0), ', share ',
                -COALESCE(SUM(CASE WHEN a.code LIKE 'payable%' OR a.code = 'promotion'
                  THEN p.amount_minor END), 0),
                ', tax ', -COALESCE(SUM(CASE WHEN a.code LIKE 'tax:%' THEN p.amount_minor END), 0))
              FROM bill b LEFT JOIN journal j
                ON j.journal_key = CONCAT('bill:', b.id)
              LEFT JOIN posting p ON p.journal_id = j.id LEFT JOIN account a ON a.id = p.account_id
              WHERE b.kind = 'charge'
              GROUP BY b.id, b.total_minor, b.excl_minor, b.tax_minor
              HAVING COALESCE(SUM(CASE WHEN a.kind = 'asset' THEN p.amount_minor END), 0)
                <> b.total_minor
              OR -COALESCE(SUM(CASE WHEN a.code LIKE 'payable%' OR a.code = 'promotion'
                THEN p.amount_minor END), 0) <> b.excl_minor
              OR -COALESCE(SUM(CASE WHEN a.code LIKE 'tax:%' THEN p.amount_minor END), 0)
                <> b.tax_minor\
              """),
          new SqlCheck(
              "receipt_cdr_ledger_equal",
              "bill",
              """
              SELECT CONCAT('bill ', b.id, ' of ', b.total_minor, ', its CDR ',
                COALESCE(JSON_EXTRACT(c.body, '$.total.incl_minor'), 'missing'), ', the station ',
                COALESCE(s.total_minor, 'missing'))
              FROM bill b LEFT JOIN cdr c ON c.bill_id = b.id
              LEFT JOIN charging_session s ON s.id = b.session_id
              WHERE b.kind = 'charge' AND (c.id IS NULL OR s.id IS NULL
              OR CAST(JSON_EXTRACT(c.body, '$.total.incl_minor') AS SIGNED) <> b.total_minor
              OR (s.state = 'finished'
                AND (s.total_minor IS NULL OR s.total_minor <> b.total_minor
                  OR s.currency <> b.currency)))\
              """),
          new SqlCheck(
              "owners_agree",
              "bill",
              """
              SELECT CONCAT('bill ', b.id, ' of operator ', b.operator_id, ', driver ',
                COALESCE(b.driver_id, 'none'), ': its session, CDR, settlement or operations differ')
              FROM bill b JOIN charging_session s ON s.id = b.session_id
              LEFT JOIN cdr c ON c.bill_id = b.id LEFT JOIN settlement t ON t.bill_id = b.id
              LEFT JOIN payment_operation o ON o.settlement_id = t.id
              WHERE s.operator_id <> b.operator_id
              OR (s.state = 'finished' AND NOT (s.driver_id <=> b.driver_id))
              OR c.operator_id <> b.operator_id OR t.operator_id <> b.operator_id
              OR t.currency <> b.currency OR NOT (t.id IS NULL OR t.driver_id <=> b.driver_id)
              OR o.operator_id <> b.operator_id OR o.currency <> b.currency
              OR o.driver_id <> b.driver_id\
              """),
          new SqlCheck(
              "sessions_billed_or_waiting",
              "charging_session",
              """
              SELECT CONCAT('session ', s.id, ' is ', s.state, ', not billed and without a job')
              FROM charging_session s
              LEFT JOIN bill b ON b.session_id = s.id AND b.kind = 'charge'
              WHERE (s.state = 'finished' AND b.id IS NULL AND NOT EXISTS (
                SELECT 1 FROM job q WHERE q.kind = 'bill' AND q.ref = s.id))
              OR (s.state = 'review' AND (s.review_reason IS NULL OR s.review_reason = ''))\
              """),
          new SqlCheck(
              "bills_settled_or_waiting",
              "bill",
              """
              SELECT CONCAT('bill ', b.id, ' is ', COALESCE(t.state, 'not taken up'),
                ', without a job')
              FROM bill b LEFT JOIN settlement t ON t.bill_id = b.id
              WHERE b.kind = 'charge' AND (t.id IS NULL OR t.state = 'pending')
              AND NOT EXISTS (SELECT 1 FROM job q WHERE q.kind IN ('settle', 'settle_remote')
              AND q.ref = b.id)\
              """),
          new SqlCheck(
              "open_operations_have_jobs",
              "payment_operation",
              """
              SELECT CONCAT('operation ', o.id, ' ', o.kind, ' is ', o.state, ' without a job')
              FROM payment_operation o JOIN settlement t ON t.id = o.settlement_id
              WHERE o.state IN ('requested', 'pending', 'action_required', 'not_sent', 'unknown')
              AND NOT EXISTS (SELECT 1 FROM job q WHERE q.kind IN ('settle', 'settle_remote')
              AND q.ref = t.bill_id)\
              """),
          new SqlCheck(
              "settlements_match_operations",
              "settlement",
              """
              SELECT CONCAT('settlement ', t.id, ' ', t.state, ' of ', t.amount_minor, ': settled ',
                t.settled_minor, ', refunded ', t.refunded_minor)
              FROM settlement t JOIN bill b ON b.id = t.bill_id
              LEFT JOIN payment_operation o ON o.settlement_id = t.id AND o.state = 'succeeded'
              GROUP BY t.id, t.state, t.amount_minor, t.settled_minor, t.refunded_minor,
                b.total_minor
              HAVING t.amount_minor <> b.total_minor OR t.settled_minor > t.amount_minor
              OR t.refunded_minor > t.settled_minor
              OR t.settled_minor <> COALESCE(SUM(CASE WHEN o.kind IN ('capture', 'charge')
                THEN o.done_minor END), 0)
              OR t.refunded_minor <> COALESCE(SUM(CASE WHEN o.kind = 'refund'
                THEN o.done_minor END), 0)
              OR (t.state = 'settled' AND t.settled_minor <> t.amount_minor)
              OR (t.state = 'debt' AND t.settled_minor <> 0)
              OR (t.state = 'partial' AND (t.settled_minor = 0
                OR t.settled_minor = t.amount_minor))\
              """),
          new SqlCheck(
              "receivables_match_settlements",
              "settlement",
              """
              SELECT CONCAT('driver ', r.driver, ' owes ', SUM(r.booked), ' in the ledger, ',
                SUM(r.owed), ' for bills')
              FROM (SELECT operator_id, CAST(SUBSTRING_INDEX(code, ':', -1) AS SIGNED) AS driver,
                  currency, balance_minor AS booked, 0 AS owed
                FROM account WHERE code LIKE 'receivable:%' AND code <> 'receivable:unassigned'
                UNION ALL SELECT b.operator_id, b.driver_id, b.currency, 0,
                  CASE WHEN t.state = 'written_off' THEN 0
                    ELSE b.total_minor - COALESCE(t.settled_minor, 0) END
                FROM bill b LEFT JOIN settlement t ON t.bill_id = b.id
                WHERE b.driver_id IS NOT NULL AND b.kind = 'charge') r
              GROUP BY r.operator_id, r.driver, r.currency
              HAVING SUM(r.booked) <> SUM(r.owed)\
              """),
          new SqlCheck(
              "session_states_match",
              "charging_session",
              """
              SELECT CONCAT('session ', s.id, ' shows ', s.settlement_state, ', its settlement ',
                COALESCE(t.state, 'is not there'))
              FROM charging_session s
              LEFT JOIN bill b ON b.session_id = s.id AND b.kind = 'charge'
              LEFT JOIN settlement t ON t.bill_id = b.id
              WHERE s.settlement_state <> CASE
                WHEN b.id IS NULL AND s.settlement_state = 'manual' THEN 'manual'
                WHEN b.id IS NULL THEN 'none'
                WHEN t.id IS NULL OR t.state = 'pending' THEN 'pending'
                WHEN t.state = 'settled' AND t.amount_minor = 0 THEN 'none'
                WHEN t.state = 'written_off' THEN 'debt'
                ELSE t.state END
              AND NOT (COALESCE(t.state, '') = 'manual' AND s.settlement_state = 'pending')\
              """),
          new SqlCheck(
              "facts_have_sessions",
              "session_fact",
              """
              SELECT CONCAT('fact of station ', f.station_id, ' at ', f.fact_ms, ', session ',
                f.session_id)
              FROM session_fact f LEFT JOIN charging_session s ON s.id = f.session_id
              WHERE f.session_id <> 0 AND s.id IS NULL\
              """),
          new SqlCheck(
              "readings_have_sessions",
              "meter_reading",
              """
              SELECT CONCAT('reading ', r.session_id, '/', r.id)
              FROM meter_reading r LEFT JOIN charging_session s ON s.id = r.session_id
              WHERE r.session_id <> 0 AND s.id IS NULL\
              """),
          new SqlCheck(
              "sessions_have_facts",
              "charging_session",
              """
              SELECT CONCAT('session ', s.id, ' of transaction ', s.transaction_id)
              FROM charging_session s LEFT JOIN (
                SELECT DISTINCT session_id FROM session_fact) f ON f.session_id = s.id
              WHERE f.session_id IS NULL\
              """));
}
