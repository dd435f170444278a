-- Membership tiers, coupons, campaigns and points. Amounts are integer minor units. What a person
-- defines lies as JSON in spec; columns hold what statements decide by.

ALTER TABLE start_hold ADD COLUMN terms TEXT NULL; -- JSON: what the driver gets off the price, reserved with the hold

ALTER TABLE driver ADD KEY driver_created (operator_id, created_at);

CREATE TABLE member_tier (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  name        VARCHAR(100) NOT NULL,
  tier_rank   INT          NOT NULL, -- the highest wins
  spec        TEXT         NOT NULL, -- JSON: discounts, multiplier of points, funder, rule, fee
  active      BOOLEAN      NOT NULL,
  created_at  DATETIME(3)  NOT NULL,
  KEY member_tier_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who is in a tier from when to when. Rows are ended, never removed.
CREATE TABLE membership (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  driver_id      BIGINT       NOT NULL,
  tier_id        BIGINT       NOT NULL,
  source         VARCHAR(6)   NOT NULL, -- rule, paid, hand
  valid_from     DATETIME(3)  NOT NULL,
  valid_until    DATETIME(3)  NULL,     -- exclusive; NULL: until it is ended
  ended_at       DATETIME(3)  NULL,     -- ended before its time
  currency       CHAR(3)      NOT NULL,
  price_minor    BIGINT       NOT NULL, -- paid from the wallet, tax included
  tax_minor      BIGINT       NOT NULL,
  tax_account    VARCHAR(120) NULL,     -- where the tax was posted
  refunded_minor BIGINT       NOT NULL,
  request_key    BINARY(16)   NULL,     -- a purchase is recognised by it
  created_by     VARCHAR(220) NOT NULL,
  created_at     DATETIME(3)  NOT NULL,
  UNIQUE KEY membership_request (operator_id, request_key),
  KEY membership_driver (driver_id, ended_at),
  KEY membership_source (source, ended_at, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a driver has chosen; also the row that serialises changes of a driver's benefits.
CREATE TABLE driver_benefit (
  driver_id       BIGINT      NOT NULL PRIMARY KEY,
  operator_id     BIGINT      NOT NULL,
  use_points      BOOLEAN     NOT NULL,
  chosen_claim_id BIGINT      NULL, -- used before others
  changed_at      DATETIME(3) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE coupon (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  name        VARCHAR(100) NOT NULL,
  currency    CHAR(3)      NOT NULL,
  spec        TEXT         NOT NULL, -- JSON: benefit, scope, limits, funder
  state       VARCHAR(10)  NOT NULL, -- active, paused
  total_limit INT          NULL,     -- claims in all; NULL: any number
  claimed     INT          NOT NULL, -- claims made so far; never above the limit
  shared_code VARCHAR(30)  NULL,     -- as shown; found by its hash like any other
  valid_until DATETIME(3)  NULL,
  created_at  DATETIME(3)  NOT NULL,
  KEY coupon_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Codes by their hash: whoever reads this table can claim nothing.
CREATE TABLE coupon_code (
  operator_id BIGINT     NOT NULL,
  code_hash   BINARY(32) NOT NULL, -- SHA-256 of the code in upper case without blanks and hyphens
  coupon_id   BIGINT     NOT NULL,
  batch_id    BIGINT     NOT NULL, -- 0: the shared code
  claim_id    BIGINT     NULL,     -- a unique code is claimed once
  PRIMARY KEY (operator_id, code_hash),
  KEY coupon_code_coupon (coupon_id, batch_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE coupon_batch (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  coupon_id   BIGINT       NOT NULL,
  codes       INT          NOT NULL,
  created_by  VARCHAR(220) NOT NULL,
  created_at  DATETIME(3)  NOT NULL,
  KEY coupon_batch_coupon (coupon_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A coupon in a driver's hands.
CREATE TABLE coupon_claim (
  id          BIGINT      NOT NULL PRIMARY KEY,
  operator_id BIGINT      NOT NULL,
  coupon_id   BIGINT      NOT NULL,
  driver_id   BIGINT      NOT NULL,
  state       VARCHAR(10) NOT NULL, -- claimed, reserved, consumed, revoked
  source_key  BINARY(16)  NOT NULL, -- where it came from: a repeat gives nothing more
  claimed_at  DATETIME(3) NOT NULL,
  expires_at  DATETIME(3) NULL,     -- exclusive
  hold_id     BIGINT      NULL,     -- of the start that reserved it
  bill_id     BIGINT      NULL,     -- that used it
  campaign_id BIGINT      NULL,     -- that gave it
  UNIQUE KEY coupon_claim_source (operator_id, source_key),
  KEY coupon_claim_driver (driver_id, state),
  KEY coupon_claim_coupon (coupon_id, driver_id),
  KEY coupon_claim_hold (hold_id),
  KEY coupon_claim_bill (bill_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Coupons and automatic discounts that bills used. Rows are added; only given_back_at changes.
CREATE TABLE coupon_use (
  bill_id       BIGINT      NOT NULL,
  ref_id        BIGINT      NOT NULL, -- the claim, or the campaign of an automatic discount
  operator_id   BIGINT      NOT NULL,
  coupon_id     BIGINT      NULL,     -- NULL: automatic
  driver_id     BIGINT      NOT NULL,
  amount_minor  BIGINT      NOT NULL, -- off what the driver paid, tax included
  used_at       DATETIME(3) NOT NULL,
  given_back_at DATETIME(3) NULL,
  PRIMARY KEY (bill_id, ref_id),
  KEY coupon_use_ref (ref_id),
  KEY coupon_use_driver (driver_id, bill_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE campaign (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  name           VARCHAR(100) NOT NULL,
  currency       CHAR(3)      NOT NULL,
  kind           VARCHAR(12)  NOT NULL, -- by_hand, new_drivers, top_up, discount
  spec           TEXT         NOT NULL, -- JSON: scope, coupon or benefit, funder
  state          VARCHAR(10)  NOT NULL, -- active, paused
  budget_minor   BIGINT       NOT NULL, -- of a discount
  reserved_minor BIGINT       NOT NULL, -- for running sessions
  spent_minor    BIGINT       NOT NULL, -- by bills; with what is reserved never above the budget
  granted        INT          NOT NULL, -- coupons given
  seen_until     DATETIME(3)  NULL,     -- new drivers made before were looked at
  valid_until    DATETIME(3)  NULL,
  created_at     DATETIME(3)  NOT NULL,
  KEY campaign_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What an automatic discount reserved for a session.
CREATE TABLE campaign_hold (
  hold_id        BIGINT      NOT NULL,
  campaign_id    BIGINT      NOT NULL,
  operator_id    BIGINT      NOT NULL,
  reserved_minor BIGINT      NOT NULL,
  spent_minor    BIGINT      NOT NULL,
  state          VARCHAR(10) NOT NULL, -- reserved, settled, released
  bill_id        BIGINT      NULL,
  PRIMARY KEY (hold_id, campaign_id),
  KEY campaign_hold_campaign (campaign_id, state)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Points of an operator: how they are earned and what they are worth.
CREATE TABLE points_programme (
  operator_id BIGINT       NOT NULL PRIMARY KEY,
  currency    CHAR(3)      NOT NULL,
  spec        TEXT         NOT NULL, -- JSON
  active      BOOLEAN      NOT NULL,
  changed_by  VARCHAR(220) NOT NULL,
  changed_at  DATETIME(3)  NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Points that came in together. Used in the order in which they expire.
CREATE TABLE points_lot (
  id              BIGINT      NOT NULL PRIMARY KEY,
  operator_id     BIGINT      NOT NULL,
  driver_id       BIGINT      NOT NULL,
  currency        CHAR(3)     NOT NULL,
  points          BIGINT      NOT NULL, -- that came in
  remaining       BIGINT      NOT NULL, -- not used, what is reserved included
  reserved        BIGINT      NOT NULL, -- for running sessions
  remaining_minor BIGINT      NOT NULL, -- what the remaining ones are worth in the ledger
  source_key      BINARY(16)  NOT NULL,
  created_at      DATETIME(3) NOT NULL,
  expires_at      DATETIME(3) NULL,     -- exclusive
  UNIQUE KEY points_lot_source (operator_id, source_key),
  KEY points_lot_driver (driver_id, remaining),
  KEY points_lot_expiry (expires_at, remaining)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE points_hold (
  hold_id BIGINT NOT NULL,
  lot_id  BIGINT NOT NULL,
  points  BIGINT NOT NULL,
  PRIMARY KEY (hold_id, lot_id),
  KEY points_hold_lot (lot_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every change of a lot. Rows are added, never changed.
CREATE TABLE points_entry (
  id           BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  driver_id    BIGINT       NOT NULL,
  lot_id       BIGINT       NOT NULL,
  kind         VARCHAR(10)  NOT NULL, -- earned, used, expired, given_back, taken_back, adjusted
  points       BIGINT       NOT NULL, -- what it added, negative: took
  amount_minor BIGINT       NOT NULL, -- the same of its worth in the ledger
  bill_id      BIGINT       NULL,
  actor        VARCHAR(220) NOT NULL,
  note         VARCHAR(300) NOT NULL,
  at           DATETIME(3)  NOT NULL,
  KEY points_entry_driver (driver_id, id),
  KEY points_entry_lot (lot_id),
  KEY points_entry_bill (bill_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How far the benefits of a bill are: what the loyalty job has done so far.
CREATE TABLE bill_benefit (
  bill_id          BIGINT      NOT NULL PRIMARY KEY,
  operator_id      BIGINT      NOT NULL,
  driver_id        BIGINT      NOT NULL,
  points_used      BIGINT      NOT NULL,
  used_minor       BIGINT      NOT NULL, -- what the used points were worth in the ledger
  points_given     BIGINT      NOT NULL, -- of the used ones, given back
  given_minor      BIGINT      NOT NULL,
  points_earned    BIGINT      NOT NULL,
  points_taken     BIGINT      NOT NULL, -- of the earned ones, taken back, or forgiven where spent
  funded_minor     BIGINT      NOT NULL, -- of the platform's discounts, in the bill's journal
  unfunded_minor   BIGINT      NOT NULL, -- of those, reversed by refunds
  settled          BOOLEAN     NOT NULL, -- points were earned, or there were none to earn
  changed_at       DATETIME(3) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
