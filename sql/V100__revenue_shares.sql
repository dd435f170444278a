-- Who has a share in the price of sessions besides the operator. Amounts are integer minor units.

CREATE TABLE payee (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  name        VARCHAR(100) NOT NULL,
  kind        VARCHAR(12)  NOT NULL, -- site_owner, agent, platform, other
  active      BOOLEAN      NOT NULL, -- may be named in new contracts
  created_at  DATETIME(3)  NOT NULL,
  KEY payee_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What is shared of the bills made from valid_from until valid_until. Only valid_until changes: a
-- contract is ended, and another one follows.
CREATE TABLE revenue_contract (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  site_id     BIGINT       NULL,     -- of one site
  station_id  BIGINT       NULL,     -- of one station; both NULL: of all of the operator's
  name        VARCHAR(100) NOT NULL,
  currency    CHAR(3)      NOT NULL, -- bills in others are not shared
  valid_from  DATETIME(3)  NOT NULL,
  valid_until DATETIME(3)  NULL,     -- exclusive; NULL: until it is ended
  created_by  VARCHAR(220) NOT NULL,
  created_at  DATETIME(3)  NOT NULL,
  KEY revenue_contract_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE revenue_rule (
  contract_id  BIGINT       NOT NULL,
  line_no      INT          NOT NULL, -- what is left of a small bill is shared in this order
  operator_id  BIGINT       NOT NULL,
  payee_id     BIGINT       NOT NULL,
  components   VARCHAR(100) NOT NULL, -- electricity,service ...: what the share is of
  base         VARCHAR(10)  NOT NULL, -- price; after_fee: less the platform's fee
  basis_points INT          NOT NULL,
  flat_minor   BIGINT       NOT NULL, -- on top of that
  min_minor    BIGINT       NOT NULL,
  max_minor    BIGINT       NULL,
  PRIMARY KEY (contract_id, line_no),
  KEY revenue_rule_payee (payee_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The shares of a whole bill, fixed when it was made. What of them is owed depends on what was paid
-- and given back, and is in the ledger.
CREATE TABLE bill_share (
  bill_id     BIGINT  NOT NULL,
  line_no     INT     NOT NULL, -- of the contract's rule
  operator_id BIGINT  NOT NULL,
  contract_id BIGINT  NOT NULL,
  payee_id    BIGINT  NOT NULL,
  currency    CHAR(3) NOT NULL,
  base_minor  BIGINT  NOT NULL,
  share_minor BIGINT  NOT NULL,
  PRIMARY KEY (bill_id, line_no),
  KEY bill_share_payee (payee_id, bill_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
