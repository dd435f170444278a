package org.ampay.app.check;

import java.util.List;

/** What holds of coupons, campaigns and points whenever one looks. */
final class PromotionChecks {

  private PromotionChecks() {}

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(
              "claims_match_uses",
              "coupon_claim",
              """
              SELECT CONCAT('claim ', c.id, ' is ', c.state, ', ', COUNT(u.bill_id),
                ' bills use it')
              FROM coupon_claim c LEFT JOIN coupon_use u
                ON u.ref_id = c.id AND u.given_back_at IS NULL
              GROUP BY c.id, c.state, c.bill_id
              HAVING COUNT(u.bill_id) <> CASE WHEN c.state = 'consumed' THEN 1 ELSE 0 END
              OR (c.state = 'consumed' AND NOT (MAX(u.bill_id) <=> c.bill_id))\
              """),
          new SqlCheck(
              "coupon_uses_have_lines",
              "coupon_use",
              """
              SELECT CONCAT('bill ', u.bill_id, ' used ', u.ref_id, ' and has no such line')
              FROM coupon_use u WHERE NOT EXISTS (SELECT 1 FROM bill_line l
                WHERE l.bill_id = u.bill_id AND l.dimension = 'COUPON' AND l.total_minor < 0)\
              """),
          new SqlCheck(
              "coupon_lines_have_uses",
              "bill",
              """
              SELECT CONCAT('bill ', l.bill_id, ' has a coupon that nobody used')
              FROM bill_line l
              WHERE l.dimension = 'COUPON' AND l.total_minor < 0
              AND NOT EXISTS (SELECT 1 FROM coupon_use u WHERE u.bill_id = l.bill_id)
              AND NOT EXISTS (SELECT 1 FROM job q WHERE q.kind = 'loyalty' AND q.ref = l.bill_id)\
              """),
          new SqlCheck(
              "coupons_within_limits",
              "coupon",
              """
              SELECT CONCAT('coupon ', c.id, ' says ', c.claimed, ' claims of ',
                COALESCE(c.total_limit, 'any'), ', there are ', COUNT(k.id))
              FROM coupon c LEFT JOIN coupon_claim k ON k.coupon_id = c.id
              GROUP BY c.id, c.claimed, c.total_limit
              HAVING COUNT(k.id) <> c.claimed OR c.claimed > COALESCE(c.total_limit, c.claimed)\
              """),
          new SqlCheck(
              "reserved_benefits_have_owner",
              "start_hold",
              """
              SELECT CONCAT(r.what, ' is reserved by hold ', r.hold_id, ', which is ',
                COALESCE(h.state, 'nowhere'))
              FROM (SELECT CONCAT('claim ', id) AS what, hold_id FROM coupon_claim
                  WHERE state = 'reserved'
                UNION ALL SELECT CONCAT('points of lot ', lot_id), hold_id FROM points_hold
                UNION ALL SELECT CONCAT('money of campaign ', campaign_id), hold_id
                  FROM campaign_hold WHERE state = 'reserved') r
              LEFT JOIN start_hold h ON h.id = r.hold_id
              WHERE COALESCE(h.state, '') <> 'held' AND NOT EXISTS (
                SELECT 1 FROM bill b JOIN job q ON q.kind = 'loyalty' AND q.ref = b.id
                WHERE b.hold_id = r.hold_id)\
              """),
          new SqlCheck(
              "campaigns_within_budget",
              "campaign",
              """
              SELECT CONCAT('campaign ', c.id, ' of ', c.budget_minor, ' has reserved ',
                c.reserved_minor, ' and spent ', c.spent_minor)
              FROM campaign c LEFT JOIN campaign_hold h ON h.campaign_id = c.id
              GROUP BY c.id, c.budget_minor, c.reserved_minor, c.spent_minor
              HAVING c.reserved_minor + c.spent_minor > c.budget_minor
              OR c.reserved_minor <> COALESCE(SUM(h.reserved_minor), 0)
              OR c.spent_minor <> COALESCE(SUM(h.spent_minor), 0)\
              """),
          new SqlCheck(
              "points_match_entries",
              "points_lot",
              """
              SELECT CONCAT('lot ', p.id, ' has ', p.remaining, ' points, its entries ',
                COALESCE(SUM(e.points), 0))
              FROM points_lot p LEFT JOIN points_entry e ON e.lot_id = p.id
              GROUP BY p.id, p.remaining, p.remaining_minor
              HAVING p.remaining <> COALESCE(SUM(e.points), 0)
              OR p.remaining_minor <> COALESCE(SUM(e.amount_minor), 0)\
              """),
          new SqlCheck(
              "points_reserved_by_holds",
              "points_lot",
              """
              SELECT CONCAT('lot ', p.id, ' of ', p.remaining, ' has ', p.reserved,
                ' reserved, holds ', COALESCE(SUM(h.points), 0))
              FROM points_lot p LEFT JOIN points_hold h ON h.lot_id = p.id
              GROUP BY p.id, p.remaining, p.reserved
              HAVING p.reserved <> COALESCE(SUM(h.points), 0) OR p.reserved > p.remaining
              OR p.reserved < 0\
              """),
          new SqlCheck(
              "points_match_ledger",
              "points_lot",
              """
              SELECT CONCAT('driver ', t.driver_id, ' has points worth ', SUM(t.worth),
                ', in the ledger ', SUM(t.booked))
              FROM (SELECT operator_id, driver_id, currency, remaining_minor AS worth, 0 AS booked
                FROM points_lot
                UNION ALL SELECT operator_id,
                  CAST(SUBSTRING_INDEX(code, ':', -1) AS SIGNED), currency, 0, -balance_minor
                FROM account WHERE code LIKE 'points:%') t
              GROUP BY t.operator_id, t.driver_id, t.currency HAVING SUM(t.worth) <> SUM(t.booked)\
              """),
          new SqlCheck(
              "points_used_match_bills",
              "bill_benefit",
              """
              SELECT CONCAT('bill ', b.bill_id, ' used ', b.points_used, ' and earned ',
                b.points_earned, ', its entries tell ',
                -COALESCE(SUM(CASE WHEN e.kind = 'used' THEN e.points END), 0), ' and ',
                COALESCE(SUM(CASE WHEN e.kind = 'earned' THEN e.points END), 0))
              FROM bill_benefit b LEFT JOIN points_entry e ON e.bill_id = b.bill_id
              GROUP BY b.bill_id, b.points_used, b.points_earned, b.points_given, b.points_taken
              HAVING b.points_used <> -COALESCE(SUM(CASE WHEN e.kind = 'used' THEN e.points END), 0)
              OR b.points_earned <> COALESCE(SUM(CASE WHEN e.kind = 'earned' THEN e.points END), 0)
              OR b.points_given <> COALESCE(SUM(CASE WHEN e.kind = 'given_back'
                THEN e.points END), 0)
              OR b.points_given > b.points_used OR b.points_taken > b.points_earned\
              """),
          new SqlCheck(
              "platform_discounts_posted",
              "bill",
              """
              SELECT CONCAT('bill ', b.id, ': the platform takes off ', -COALESCE((
                SELECT SUM(l.excl_minor) FROM bill_line l WHERE l.bill_id = b.id
                AND l.funder = 'platform'), 0), ', posted is ', COALESCE(SUM(p.amount_minor), 0))
              FROM bill b LEFT JOIN journal j ON j.journal_key = CONCAT('bill:', b.id)
              LEFT JOIN (posting p JOIN account a ON a.id = p.account_id AND a.code = 'promotion')
                ON p.journal_id = j.id
              WHERE b.kind = 'charge' GROUP BY b.id
              HAVING COALESCE(SUM(p.amount_minor), 0) <> -COALESCE((
                SELECT SUM(l.excl_minor) FROM bill_line l WHERE l.bill_id = b.id
                AND l.funder = 'platform'), 0)\
              """));
}
