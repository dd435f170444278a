package org.ampay.app.check;

import java.util.List;

/** What partners owe, are invoiced and have paid. */
final class RoamingChecks {

  private RoamingChecks() {}

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(
              "partners_pay_their_sessions",
              "payment_operation",
              """
              SELECT CONCAT('operation ', o.id, ' ', o.kind, ' of ', o.provider, ' is paid by ',
                COALESCE(d.kind, 'nobody'), ' ', o.driver_id)
              FROM payment_operation o LEFT JOIN driver d ON d.id = o.driver_id
              WHERE (COALESCE(d.kind, '') = 'partner') <> (o.provider IN ('roaming', 'terminal'))
              OR (o.provider IN ('roaming', 'terminal') AND d.operator_id <> o.operator_id)\
              """),
          new SqlCheck(
              "partner_accounts_match",
              "account",
              """
              SELECT CONCAT('partner ', t.partner, ' owes ', SUM(t.booked), ' in the ledger, ',
                SUM(t.owed), ' by its sessions and payments')
              FROM (SELECT operator_id, CAST(SUBSTRING_INDEX(code, ':', -1) AS SIGNED) AS partner,
                  currency, balance_minor AS booked, 0 AS owed
                FROM account WHERE code LIKE 'roaming:%'
                UNION ALL SELECT operator_id, driver_id, currency, 0,
                  CASE WHEN kind = 'refund' THEN -done_minor ELSE done_minor END
                FROM payment_operation WHERE provider IN ('roaming', 'terminal') AND state = 'succeeded'
                UNION ALL SELECT operator_id, partner_id, currency, 0,
                  -received_minor - fee_minor FROM roaming_payment) t
              GROUP BY t.operator_id, t.partner, t.currency
              HAVING SUM(t.booked) <> SUM(t.owed)\
              """),
          new SqlCheck(
              "roaming_payments_posted",
              "roaming_payment",
              """
              SELECT CONCAT('payment ', r.id, ' of ', r.received_minor, ' and ', r.fee_minor,
                ', in the ledger ', COALESCE(SUM(CASE WHEN a.code LIKE 'roaming:%'
                  THEN -p.amount_minor END), 0))
              FROM roaming_payment r LEFT JOIN journal j ON j.journal_key = CONCAT(
                CASE WHEN r.reverses_id IS NULL THEN 'partner_payment:' ELSE 'partner_reversal:' END,
                r.id)
              LEFT JOIN posting p ON p.journal_id = j.id LEFT JOIN account a ON a.id = p.account_id
              GROUP BY r.id, r.partner_id, r.received_minor, r.fee_minor
              HAVING COALESCE(SUM(CASE WHEN a.code = CONCAT('roaming:', r.partner_id)
                THEN -p.amount_minor END), 0) <> r.received_minor + r.fee_minor
              OR COALESCE(SUM(CASE WHEN a.code = 'bank' THEN p.amount_minor END), 0)
                <> r.received_minor\
              """),
          new SqlCheck(
              "roaming_journals_have_payments",
              "journal",
              """
              SELECT CONCAT('journal ', j.id, ' ', j.journal_key)
              FROM journal j LEFT JOIN roaming_payment r ON r.id = j.ref
              WHERE j.kind IN ('partner_payment', 'partner_reversal') AND (r.id IS NULL
                OR r.operator_id <> j.operator_id
                OR (j.kind = 'partner_reversal') <> (r.reverses_id IS NOT NULL))\
              """),
          new SqlCheck(
              "roaming_payments_within_invoices",
              "roaming_payment",
              """
              SELECT CONCAT('payments of ', p.paid, ' for invoice ', COALESCE(i.code, 'nowhere'))
              FROM (SELECT invoice_id, SUM(received_minor + fee_minor) AS paid,
                  MIN(partner_id) AS lowest, MAX(partner_id) AS highest
                FROM roaming_payment WHERE invoice_id IS NOT NULL GROUP BY invoice_id) p
              LEFT JOIN roaming_invoice i ON i.id = p.invoice_id
              LEFT JOIN roaming_invoice c ON c.cancels_id = i.id
              WHERE i.id IS NULL OR i.kind <> 'invoice'
              OR p.lowest <> i.partner_id OR p.highest <> i.partner_id
              OR p.paid > CASE WHEN c.id IS NULL THEN GREATEST(i.total_minor, 0) ELSE 0 END\
              """),
          new SqlCheck(
              "roaming_reversals_match",
              "roaming_payment",
              """
              SELECT CONCAT('reversal ', r.id, ' of ', r.received_minor, ' takes back payment ',
                r.reverses_id)
              FROM roaming_payment r LEFT JOIN roaming_payment o ON o.id = r.reverses_id
              WHERE r.reverses_id IS NOT NULL AND (o.id IS NULL OR o.reverses_id IS NOT NULL
                OR o.partner_id <> r.partner_id OR o.received_minor <> -r.received_minor
                OR o.fee_minor <> -r.fee_minor OR NOT (o.invoice_id <=> r.invoice_id))\
              """),
          new SqlCheck(
              "roaming_invoices_without_gaps",
              "roaming_invoice",
              """
              SELECT CONCAT('operator ', o.operator_id, ' has ', COUNT(i.id),
                ' invoices, the last number is ', COALESCE(n.last_number, 0))
              FROM (SELECT operator_id FROM roaming_invoice
                UNION SELECT operator_id FROM roaming_invoice_number) o
              LEFT JOIN roaming_invoice_number n ON n.operator_id = o.operator_id
              LEFT JOIN roaming_invoice i ON i.operator_id = o.operator_id
              GROUP BY o.operator_id, n.last_number
              HAVING COUNT(i.id) <> COALESCE(n.last_number, 0) OR MIN(i.number) <> 1
              OR COALESCE(MAX(i.number), 0) <> COALESCE(n.last_number, 0)\
              """),
          new SqlCheck(
              "roaming_invoices_add_up",
              "roaming_invoice",
              """
              SELECT CONCAT('invoice ', i.code, ' of ', i.total_minor, ', its lines ',
                COALESCE(l.total, 0), ', its bills ', COALESCE(p.total, 0))
              FROM roaming_invoice i
              LEFT JOIN (SELECT invoice_id, SUM(excl_minor) AS excl, SUM(tax_minor) AS tax,
                  SUM(total_minor) AS total FROM roaming_invoice_line GROUP BY invoice_id) l
                ON l.invoice_id = i.id
              LEFT JOIN (SELECT invoice_id, COUNT(*) AS items, SUM(total_minor) AS total
                FROM roaming_invoice_item GROUP BY invoice_id) p ON p.invoice_id = i.id
              WHERE i.excl_minor + i.tax_minor <> i.total_minor
              OR NOT (l.excl <=> i.excl_minor) OR NOT (l.tax <=> i.tax_minor)
              OR NOT (l.total <=> i.total_minor) OR NOT (p.total <=> i.total_minor)
              OR NOT (p.items <=> i.items)\
              """),
          new SqlCheck(
              "roaming_items_match_bills",
              "roaming_invoice_item",
              """
              SELECT CONCAT('invoice ', COALESCE(i.code, 'nowhere'), ' counts bill ', t.bill_id,
                ' of ', COALESCE(b.total_minor, 'nothing'), ' as ', t.total_minor)
              FROM roaming_invoice_item t LEFT JOIN roaming_invoice i ON i.id = t.invoice_id
              LEFT JOIN bill b ON b.id = t.bill_id
              WHERE i.id IS NULL OR b.id IS NULL OR b.operator_id <> i.operator_id
              OR NOT (b.driver_id <=> i.partner_id) OR b.currency <> i.currency
              OR t.total_minor <> CASE WHEN i.kind = 'credit' THEN -b.total_minor
                ELSE b.total_minor END
              OR t.live_bill <> t.bill_id\
              """),
          new SqlCheck(
              "roaming_invoices_hold_or_are_cancelled",
              "roaming_invoice",
              """
              SELECT CONCAT('invoice ', i.code, ' is ', CASE WHEN c.id IS NULL THEN 'not ' ELSE ''
                END, 'cancelled, ', COALESCE(t.live, 0), ' of its bills are taken')
              FROM roaming_invoice i LEFT JOIN roaming_invoice c ON c.cancels_id = i.id
              LEFT JOIN roaming_invoice o ON o.id = i.cancels_id
              LEFT JOIN roaming_invoice_month m ON m.invoice_id = i.id
              LEFT JOIN (SELECT invoice_id, COUNT(live_bill) AS live FROM roaming_invoice_item
                GROUP BY invoice_id) t ON t.invoice_id = i.id
              WHERE COALESCE(t.live, 0) <> CASE WHEN i.kind = 'invoice' AND c.id IS NULL
                THEN i.items ELSE 0 END
              OR (m.invoice_id IS NOT NULL) <> (i.kind = 'invoice' AND c.id IS NULL)
              OR (i.kind = 'credit' AND (o.id IS NULL OR o.kind <> 'invoice'
                OR o.total_minor <> -i.total_minor OR o.partner_id <> i.partner_id))\
              """),
          new SqlCheck(
              "terminal_confirmations_paid",
              "ocpi_financial_advice",
              """
              SELECT CONCAT('confirmation ', a.advice_id, ' of partner ', a.partner_id, ' took ',
                a.total_minor, ', its operation ', COALESCE(o.done_minor, 'is not there'))
              FROM ocpi_financial_advice a LEFT JOIN payment_operation o ON o.id = a.operation_id
              LEFT JOIN settlement t ON t.id = o.settlement_id
              WHERE (a.status = 'FAILED') <> (a.operation_id IS NULL)
              OR (a.operation_id IS NOT NULL AND (o.id IS NULL OR o.state <> 'succeeded'
                OR o.done_minor <> a.total_minor OR o.currency <> a.currency
                OR o.driver_id <> a.partner_id OR t.session_id <> a.session_id))\
              """),
          new SqlCheck(
              "terminal_charges_confirmed",
              "payment_operation",
              """
              SELECT CONCAT('operation ', o.id, ' of ', o.done_minor, ' was confirmed by nobody')
              FROM payment_operation o
              LEFT JOIN ocpi_financial_advice a ON a.operation_id = o.id
              WHERE o.provider = 'terminal' AND o.kind = 'charge' AND o.state = 'succeeded'
              AND a.operation_id IS NULL\
              """),
          new SqlCheck(
              "roaming_sessions_invoiced",
              "payment_operation",
              """
              SELECT CONCAT('operation ', o.id, ' ', o.kind, ' of partner ', o.driver_id,
                ' was posted before an invoice that has it not')
              FROM payment_operation o
              JOIN journal j ON j.journal_key = CONCAT(o.kind, ':', o.id)
              JOIN settlement t ON t.id = o.settlement_id
              WHERE o.provider IN ('roaming', 'terminal') AND o.state = 'succeeded'
              AND o.kind IN ('charge', 'refund')
              AND EXISTS (SELECT 1 FROM roaming_invoice i WHERE i.partner_id = o.driver_id
                AND i.currency = o.currency AND i.kind = 'invoice' AND i.to_at > j.posted_at)
              AND NOT EXISTS (SELECT 1 FROM roaming_invoice_item p
                JOIN roaming_invoice i ON i.id = p.invoice_id AND i.kind = 'invoice'
                WHERE i.partner_id = o.driver_id
                AND p.bill_id = CASE WHEN o.kind = 'refund' THEN o.id ELSE t.bill_id END)\
              """));
}
