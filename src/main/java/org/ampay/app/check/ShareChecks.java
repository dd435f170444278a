package org.ampay.app.check;

import java.util.List;

/** Invariants of revenue shares: of the price, of what was paid in real money, and no more. */
final class ShareChecks {

  private ShareChecks() {}

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(
              "shares_within_price",
              "bill_share",
              """
              SELECT CONCAT('bill ', b.id, ' of ', b.excl_minor, ' without tax, its shares ',
                SUM(s.share_minor))
              FROM bill_share s JOIN bill b ON b.id = s.bill_id
              GROUP BY b.id, b.excl_minor, b.operator_id, b.currency
              HAVING SUM(s.share_minor) > b.excl_minor OR MIN(s.share_minor) < 0
              OR SUM(s.operator_id <> b.operator_id) > 0 OR SUM(s.currency <> b.currency) > 0\
              """),
          new SqlCheck(
              "shares_of_what_is_paid",
              "bill_share",
              """
              SELECT CONCAT('payee ', x.payee_id, ': shares of what is paid ', SUM(x.due),
                ', in the ledger ', SUM(x.booked))
              FROM (SELECT s.operator_id, s.payee_id, s.currency, 0 AS booked,
                  (CAST(s.share_minor AS DECIMAL(38)) * (t.settled_minor
                    - COALESCE((SELECT SUM(o.gift_minor) FROM payment_operation o
                      WHERE o.settlement_id = t.id AND o.state = 'succeeded'
                      AND o.kind IN ('capture', 'charge')), 0))) DIV b.total_minor
                  - (CAST(s.share_minor AS DECIMAL(38)) * t.refunded_minor) DIV b.total_minor
                  AS due
                FROM (SELECT bill_id, operator_id, payee_id, currency,
                    SUM(share_minor) AS share_minor FROM bill_share
                    GROUP BY bill_id, operator_id, payee_id, currency) s
                JOIN bill b ON b.id = s.bill_id JOIN settlement t ON t.bill_id = b.id
                UNION ALL SELECT a.operator_id, CAST(SUBSTRING(a.code, 15) AS SIGNED), a.currency,
                  -SUM(p.amount_minor), 0
                FROM account a JOIN posting p ON p.account_id = a.id
                JOIN journal j ON j.id = p.journal_id
                WHERE a.code LIKE 'payable:payee-%' AND j.kind IN ('capture', 'charge', 'refund')
                GROUP BY a.operator_id, a.code, a.currency) x
              GROUP BY x.operator_id, x.payee_id, x.currency HAVING SUM(x.due) <> SUM(x.booked)\
              """));
}
