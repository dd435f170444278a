package org.ampay.app.check;

import java.util.List;

/** Invariants of what is paid and undone: shares, fees, refunds, credits, disputes, providers. */
final class ReversalChecks {

  private ReversalChecks() {}

  private static final String FEE =
      """
      (SELECT CASE WHEN b.excl_minor <= 0 OR f.currency <> b.currency THEN 0
        ELSE LEAST(b.excl_minor, COALESCE(f.max_minor, b.excl_minor), GREATEST(f.min_minor,
          f.flat_minor + FLOOR((b.excl_minor * f.basis_points + 5000) / 10000))) END
        FROM platform_fee f WHERE f.operator_id = b.operator_id
        AND f.valid_from <= b.created_at ORDER BY f.valid_from DESC LIMIT 1)\
      """;

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(
              "refunds_within_takings",
              "payment_operation",
              """
              SELECT CONCAT('operation ', t.id, ' took ', t.done_minor - t.gift_minor,
                ', given back is ', SUM(r.done_minor))
              FROM payment_operation r JOIN payment_operation t ON t.id = r.target_id
              WHERE r.kind = 'refund' AND r.state = 'succeeded'
              GROUP BY t.id, t.done_minor, t.gift_minor, t.state, t.operator_id, t.currency
              HAVING SUM(r.done_minor) > t.done_minor - t.gift_minor OR t.state <> 'succeeded'
              OR SUM(r.operator_id <> t.operator_id) > 0 OR SUM(r.currency <> t.currency) > 0\
              """),
          new SqlCheck(
              "refunds_have_credits",
              "payment_operation",
              """
              SELECT CONCAT('refund ', o.id, ' of ', o.done_minor, ', its credit ',
                COALESCE(b.total_minor, 'is not there'))
              FROM payment_operation o JOIN settlement t ON t.id = o.settlement_id
              LEFT JOIN bill b ON b.id = o.id AND b.kind = 'credit'
                AND b.session_id = t.session_id
              WHERE o.kind = 'refund' AND o.state = 'succeeded' AND o.done_minor <> 0
              AND (b.id IS NULL OR b.total_minor <> -o.done_minor OR b.currency <> o.currency)\
              """),
          new SqlCheck(
              "credits_have_refunds",
              "bill",
              """
              SELECT CONCAT('credit ', b.id, ' of ', b.total_minor, ' has no refund, charge or CDR')
              FROM bill b LEFT JOIN payment_operation o ON o.id = b.id AND o.kind = 'refund'
                AND o.state = 'succeeded'
              LEFT JOIN bill g ON g.session_id = b.session_id AND g.kind = 'charge'
              LEFT JOIN cdr c ON c.bill_id = b.id
              WHERE b.kind = 'credit' AND (o.id IS NULL OR g.id IS NULL OR c.id IS NULL
              OR g.operator_id <> b.operator_id OR NOT (g.driver_id <=> b.driver_id)
              OR CAST(JSON_EXTRACT(c.body, '$.total.incl_minor') AS SIGNED) <> b.total_minor
              OR CAST(JSON_EXTRACT(c.body, '$.credit.bill_id') AS SIGNED) <> g.id)\
              """),
          new SqlCheck(
              "credits_within_charges",
              "bill",
              """
              SELECT CONCAT('session ', session_id, ' is credited more than its charge, or credit ',
                'numbers are missing: ', SUM(total_minor), ' is left')
              FROM bill GROUP BY session_id
              HAVING SUM(excl_minor) < 0 OR SUM(tax_minor) < 0
              OR SUM(CASE WHEN kind = 'credit' AND total_minor >= 0 THEN 1 ELSE 0 END) > 0
              OR MAX(seq) <> COUNT(*) - 1 OR SUM(CASE WHEN seq = 0 AND kind = 'charge'
                THEN 1 ELSE 0 END) <> 1\
              """),
          new SqlCheck(
              "credits_match_postings",
              "bill",
              """
              SELECT CONCAT('credit ', b.id, ' of tax ', b.tax_minor, ', posted is ',
                -COALESCE(SUM(p.amount_minor), 0))
              FROM bill b JOIN journal j ON j.journal_key = CONCAT('refund:', b.id)
              LEFT JOIN (posting p JOIN account a ON a.id = p.account_id AND a.code LIKE 'tax:%')
                ON p.journal_id = j.id
              WHERE b.kind = 'credit' GROUP BY b.id, b.tax_minor
              HAVING COALESCE(SUM(p.amount_minor), 0) <> -b.tax_minor\
              """),
          new SqlCheck(
              "fees_match_bills",
              "settlement",
              """
              SELECT CONCAT('settlement ', x.id, ': fee ', x.due, ', posted is ', x.posted)
              FROM (SELECT t.id, CASE WHEN t.amount_minor = 0 THEN 0 ELSE
                  FLOOR(COALESCE(%1$s, 0) * t.settled_minor / t.amount_minor)
                  - FLOOR(COALESCE(%1$s, 0) * t.refunded_minor / t.amount_minor) END AS due,
                COALESCE((SELECT -SUM(p.amount_minor) FROM payment_operation o
                  JOIN journal j ON j.journal_key = CONCAT(o.kind, ':', o.id)
                  JOIN posting p ON p.journal_id = j.id
                  JOIN account a ON a.id = p.account_id AND a.code = 'platform_fee'
                  WHERE o.settlement_id = t.id), 0) AS posted
                FROM settlement t JOIN bill b ON b.id = t.bill_id) x
              WHERE x.due <> x.posted\
              """
                  .formatted(FEE)),
          new SqlCheck(
              "pending_matches_unsettled",
              "bill",
              """
              SELECT CONCAT('operator ', x.operator_id, ': shares of unpaid bills ', SUM(x.due),
                ', in the ledger ', SUM(x.booked))
              FROM (SELECT b.operator_id, b.currency, 0 AS booked,
                  CASE WHEN w.id IS NOT NULL THEN 0 ELSE b.excl_minor
                    - CASE WHEN b.total_minor = 0 THEN 0 ELSE FLOOR(
                      b.excl_minor * COALESCE(t.settled_minor, 0) / b.total_minor) END END AS due
                FROM bill b LEFT JOIN settlement t ON t.bill_id = b.id
                LEFT JOIN write_off w ON w.settlement_id = t.id AND w.state = 'approved'
                WHERE b.kind = 'charge'
                UNION ALL SELECT operator_id, currency, -balance_minor, 0 FROM account
                WHERE code LIKE 'payable\\_pending:%') x
              GROUP BY x.operator_id, x.currency HAVING SUM(x.due) <> SUM(x.booked)\
              """),
          new SqlCheck(
              "clearing_matches_operations",
              "payment_operation",
              """
              SELECT CONCAT('account ', x.account_id, ' with the provider ', x.provider, ': moved ',
                SUM(x.moved), ', in the ledger ', SUM(x.booked))
              FROM (SELECT operator_id, provider, account_id, currency, 0 AS booked,
                  CASE WHEN kind = 'refund' THEN -done_minor ELSE done_minor END AS moved
                FROM payment_operation WHERE state = 'succeeded' AND account_id IS NOT NULL
                AND kind IN ('capture', 'charge', 'present', 'refund')
                AND reference NOT LIKE 'dispute-%'
                UNION ALL SELECT operator_id, provider, account_id, currency, 0, -amount_minor
                FROM dispute WHERE state IN ('open', 'lost')
                UNION ALL SELECT operator_id,
                  SUBSTRING_INDEX(SUBSTRING_INDEX(code, ':', -1), ',', 1),
                  CAST(SUBSTRING_INDEX(code, ',', -1) AS SIGNED), currency, balance_minor, 0
                FROM account WHERE code LIKE 'psp\\_clearing:%,%') x
              GROUP BY x.operator_id, x.provider, x.account_id, x.currency
              HAVING SUM(x.moved) <> SUM(x.booked)\
              """),
          new SqlCheck(
              "disputes_match_ledger",
              "dispute",
              """
              SELECT CONCAT('account ', x.account_id, ' with the provider ', x.provider,
                ': disputed ', SUM(x.taken), ', in the ledger ', SUM(x.booked))
              FROM (SELECT operator_id, provider, account_id, currency, taken_minor AS taken,
                  0 AS booked
                FROM dispute
                UNION ALL SELECT operator_id,
                  SUBSTRING_INDEX(SUBSTRING_INDEX(code, ':', -1), ',', 1),
                  CAST(SUBSTRING_INDEX(code, ',', -1) AS SIGNED), currency, 0, balance_minor
                FROM account WHERE code LIKE 'disputed:%') x
              GROUP BY x.operator_id, x.provider, x.account_id, x.currency
              HAVING SUM(x.taken) <> SUM(x.booked)\
              """),
          new SqlCheck(
              "disputes_end_in_full",
              "dispute",
              """
              SELECT CONCAT('dispute ', d.id, ' of ', d.amount_minor, ' is ', d.state, ': taken ',
                d.taken_minor, ', reversed ', d.reversed_minor, ', its operation ',
                COALESCE(o.done_minor, 0), ', written off ', d.written_minor)
              FROM dispute d LEFT JOIN payment_operation o ON o.provider = d.provider
                AND o.reference = CONCAT('dispute-', d.id) AND o.state = 'succeeded'
              WHERE d.taken_minor <> CASE WHEN d.state = 'open' THEN d.amount_minor ELSE 0 END
              OR d.reversed_minor + d.written_minor
                <> CASE WHEN d.state = 'lost' THEN d.amount_minor ELSE 0 END
              OR d.reversed_minor <> COALESCE(o.done_minor, 0)\
              """));
}
