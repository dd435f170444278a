package org.ampay.app.check;

import java.util.List;

/** What partners were told of money, against the bills. */
final class RecordChecks {

  private RecordChecks() {}

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(
              "partner_cdrs_equal_bills",
              "ocpi_cdr",
              """
              SELECT CONCAT('session ', t.session_id, ': its CDRs add up to ', t.incl,
                ', its bills to ', COALESCE(b.total, 'nothing'))
              FROM (SELECT session_id, partner_id, SUM(excl_minor) AS excl, SUM(incl_minor) AS incl
                FROM ocpi_cdr GROUP BY session_id, partner_id) t
              LEFT JOIN (SELECT c.session_id, c.partner_id, SUM(x.excl_minor) AS excl,
                SUM(x.total_minor) AS total
                FROM (SELECT DISTINCT session_id, partner_id, bill_id FROM ocpi_cdr) c
                JOIN bill x ON x.id = c.bill_id GROUP BY c.session_id, c.partner_id) b
              ON b.session_id = t.session_id AND b.partner_id = t.partner_id
              WHERE b.total IS NULL OR b.total <> t.incl OR b.excl <> t.excl\
              """),
          new SqlCheck(
              "partner_cdrs_say_their_totals",
              "ocpi_cdr",
              """
              SELECT CONCAT('CDR ', cdr_id, ' of partner ', partner_id, ' says another total than ',
                incl_minor)
              FROM (SELECT cdr_id, partner_id, excl_minor, incl_minor,
                CAST(JSON_EXTRACT(body_221, '$.total_cost.incl_vat') AS DECIMAL(24,4)) AS incl,
                CAST(JSON_EXTRACT(body_221, '$.total_cost.excl_vat') AS DECIMAL(24,4)) AS excl,
                CAST(JSON_EXTRACT(body_230, '$.total_cost.before_taxes') AS DECIMAL(24,4)) AS net
                FROM ocpi_cdr) c
              WHERE incl IS NULL OR excl IS NULL OR net IS NULL OR net <> excl
              OR incl_minor NOT IN (incl, incl * 100, incl * 1000)
              OR excl_minor NOT IN (excl, excl * 100, excl * 1000)\
              """),
          new SqlCheck(
              "partner_cdrs_in_one_sequence",
              "ocpi_cdr",
              """
              SELECT CONCAT('CDR ', c.cdr_id, ' of partner ', c.partner_id,
                ' does not follow the one before it')
              FROM ocpi_cdr c LEFT JOIN ocpi_cdr p ON p.partner_id = c.partner_id
              AND p.seq = c.seq - 1
              LEFT JOIN ocpi_cdr_feed f ON f.partner_id = c.partner_id
              WHERE f.partner_id IS NULL OR c.seq > f.last_seq OR c.last_updated > f.last_at
              OR (c.seq > 1 AND (p.seq IS NULL OR p.last_updated > c.last_updated))\
              """));
}
