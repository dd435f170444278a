package org.ampay.app.check;

import java.util.List;

/** Invariants 1 to 3: the ledger in itself, operations, holds. */
final class LedgerChecks {

  private LedgerChecks() {}

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(
              "journals_balance",
              "journal",
              """
              SELECT CONCAT('journal ', journal_id, ' is off by ', SUM(amount_minor), ' ', currency)
              FROM posting GROUP BY journal_id, currency HAVING SUM(amount_minor) <> 0\
              """),
          new SqlCheck(
              "journals_have_postings",
              "journal",
              """
              SELECT CONCAT('journal ', j.id, ' has ', COUNT(p.line_no), ' postings')
              FROM journal j LEFT JOIN posting p ON p.journal_id = j.id
              GROUP BY j.id HAVING COUNT(p.line_no) < 2\
              """),
          new SqlCheck(
              "postings_have_journals",
              "posting",
              """
              SELECT CONCAT('posting ', p.journal_id, '/', p.line_no)
              FROM posting p LEFT JOIN journal j ON j.id = p.journal_id
              LEFT JOIN account a ON a.id = p.account_id
              WHERE j.id IS NULL OR a.id IS NULL OR a.currency <> p.currency
              OR a.operator_id <> j.operator_id\
              """),
          new SqlCheck(
              "balances_match_postings",
              "account",
              """
              SELECT CONCAT('account ', a.id, ' ', a.code, ' has ', a.balance_minor,
                ', its postings ', COALESCE(p.total, 0))
              FROM account a LEFT JOIN (SELECT account_id, SUM(amount_minor) AS total
                FROM posting GROUP BY account_id) p ON p.account_id = a.id
              WHERE a.balance_minor <> COALESCE(p.total, 0)\
              """),
          new SqlCheck(
              "wallet_limits",
              "account",
              """
              SELECT CONCAT('account ', id, ' ', code, ' is over its limit by ',
                balance_minor - limit_minor)
              FROM account WHERE balance_minor > limit_minor\
              """),
          new SqlCheck(
              "one_payment_per_operation",
              "payment_operation",
              """
              SELECT CONCAT('operation ', o.id, ' ', o.kind, ' is ', o.state, ' with ',
                COUNT(j.id), ' journals')
              FROM payment_operation o LEFT JOIN journal j
                ON j.journal_key = CONCAT(o.kind, ':', o.id)
              GROUP BY o.id, o.kind, o.state, o.done_minor, o.provider, o.account_id
              HAVING COUNT(j.id) <> CASE WHEN o.state <> 'succeeded' THEN 0
                WHEN o.kind IN ('capture', 'charge', 'refund', 'top_up', 'withdraw', 'present') THEN 1
                WHEN o.kind IN ('release', 'authorize', 'increment') AND o.account_id IS NULL
                  AND o.provider <> 'deposit' THEN 1 ELSE 0 END
              OR (o.state <> 'succeeded' AND o.done_minor <> 0)\
              """),
          new SqlCheck(
              "operations_match_postings",
              "payment_operation",
              """
              SELECT CONCAT('operation ', o.id, ' ', o.kind, ' did ', o.done_minor,
                ', its journal ', COALESCE(SUM(p.amount_minor), 0))
              FROM payment_operation o
              JOIN journal j ON j.journal_key = CONCAT(o.kind, ':', o.id)
              LEFT JOIN (posting p JOIN account a ON a.id = p.account_id)
                ON p.journal_id = j.id AND a.code = CASE
                WHEN o.kind IN ('capture', 'charge') THEN CONCAT('receivable:', o.driver_id)
                WHEN o.provider IN ('wallet', 'manual') THEN CONCAT('wallet:', o.driver_id, ':real')
                WHEN o.provider = 'invoice' THEN CONCAT('on_account:', o.driver_id)
                WHEN o.provider IN ('roaming', 'terminal') THEN CONCAT('roaming:', o.driver_id)
                ELSE CONCAT(CASE WHEN o.reference LIKE 'dispute-%' THEN 'disputed:'
                  ELSE 'psp_clearing:' END, o.provider,
                  COALESCE(CONCAT(',', o.account_id), '')) END
              WHERE o.kind IN ('capture', 'charge', 'refund', 'top_up', 'withdraw', 'present')
              GROUP BY o.id, o.kind, o.done_minor
              HAVING COALESCE(SUM(p.amount_minor), 0)
                <> CASE WHEN o.kind IN ('present', 'withdraw') THEN o.done_minor ELSE -o.done_minor END\
              """),
          new SqlCheck(
              "payment_journals_have_operations",
              "journal",
              """
              SELECT CONCAT('journal ', j.id, ' ', j.journal_key)
              FROM journal j LEFT JOIN payment_operation o ON o.id = j.ref AND o.kind = j.kind
              WHERE j.kind IN ('capture', 'charge', 'release', 'refund', 'withdraw', 'present',
                'authorize', 'increment') AND o.id IS NULL\
              """),
          new SqlCheck(
              "captures_within_holds",
              "start_hold",
              """
              SELECT CONCAT('hold ', h.id, ' of ', h.amount_minor, ' has ', h.captured_minor,
                ' captured, its operations ', COALESCE(SUM(o.done_minor), 0))
              FROM start_hold h LEFT JOIN settlement t ON t.session_id = h.session_id
              LEFT JOIN payment_operation o ON o.settlement_id = t.id
                AND o.hold_id = h.id AND o.kind = 'capture' AND o.state = 'succeeded'
              GROUP BY h.id, h.amount_minor, h.captured_minor
              HAVING h.captured_minor > h.amount_minor
              OR h.captured_minor <> COALESCE(SUM(o.done_minor), 0)\
              """),
          new SqlCheck(
              "holds_have_owner",
              "start_hold",
              """
              SELECT CONCAT('hold ', h.id, ' is held, its session is ',
                COALESCE(CONCAT(s.id, ' ', s.state, ' ', s.settlement_state), 'nowhere'))
              FROM start_hold h LEFT JOIN charging_session s ON s.session_key = h.hold_key
              WHERE h.state = 'held'
              AND NOT EXISTS (SELECT 1 FROM job q WHERE q.kind = 'hold_expiry'
                AND h.deadline IS NOT NULL AND q.state <> 'parked') AND NOT (
                (h.deadline IS NOT NULL AND h.deadline > ? - INTERVAL 10 MINUTE)
                OR (s.id IS NOT NULL AND (s.state IN ('active', 'review')
                  OR (s.state = 'finished'
                    AND s.settlement_state IN ('none', 'pending', 'manual')))))\
              """),
          new SqlCheck(
              "held_money_matches_holds",
              "account",
              """
              SELECT CONCAT('driver ', t.driver_id, ' has holds of ', SUM(t.held),
                ', in the ledger ', SUM(t.booked))
              FROM (SELECT operator_id, driver_id, currency, amount_minor AS held, 0 AS booked
                FROM start_hold WHERE state = 'held' AND provider IN ('wallet', 'invoice')
                UNION ALL SELECT o.operator_id, o.driver_id, o.currency, o.done_minor, 0
                FROM payment_operation o JOIN payment_order r ON r.id = o.order_id
                WHERE o.kind IN ('authorize', 'increment') AND o.state = 'succeeded'
                AND o.account_id IS NULL AND r.hold_id IS NULL AND NOT EXISTS (
                  SELECT 1 FROM payment_operation b WHERE b.order_id = r.id
                  AND b.kind = 'release' AND b.state = 'succeeded')
                UNION ALL SELECT operator_id,
                  CAST(SUBSTRING_INDEX(code, ':', -1) AS SIGNED), currency, 0, -balance_minor
                FROM account WHERE code LIKE 'wallet\\_held:%' OR code LIKE 'on\\_account\\_held:%') t
              GROUP BY t.operator_id, t.driver_id, t.currency
              HAVING SUM(t.held) <> SUM(t.booked)\
              """));
}
