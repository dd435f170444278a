-- What a person must look at about payments, and what he decides.

-- One row: what makes the references that we give to providers ours, also after a restore elsewhere.
CREATE TABLE installation (
  id         TINYINT     NOT NULL PRIMARY KEY,
  code       CHAR(4)     NOT NULL, -- [a-z0-9], made once
  created_at DATETIME(3) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE payment_alarm (
  id            BIGINT       NOT NULL PRIMARY KEY,
  operator_id   BIGINT       NOT NULL,
  kind          VARCHAR(20)  NOT NULL, -- unknown, not_sent, pending, misconfigured, contradiction, account_gone ...
  ref           BIGINT       NOT NULL, -- the operation, settlement or order
  settlement_id BIGINT       NULL,
  order_id      BIGINT       NULL,
  detail        VARCHAR(300) NOT NULL,
  raised_at     DATETIME(3)  NOT NULL,
  cleared_at    DATETIME(3)  NULL,
  open_key      VARCHAR(60)  NULL,     -- kind and ref while it is open: raised once
  UNIQUE KEY payment_alarm_open (open_key),
  KEY payment_alarm_ref (ref, cleared_at),
  KEY payment_alarm_operator (operator_id, cleared_at, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A debt that nobody will pay: proposed by one person, approved or rejected by another one.
CREATE TABLE write_off (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  settlement_id  BIGINT       NOT NULL,
  currency       CHAR(3)      NOT NULL,
  amount_minor   BIGINT       NOT NULL, -- what was owed when it was proposed
  reason         VARCHAR(300) NOT NULL,
  state          VARCHAR(10)  NOT NULL, -- proposed, approved, rejected
  proposed_by    VARCHAR(220) NOT NULL,
  proposer       VARCHAR(220) NOT NULL, -- the person behind it: a key counts as its owner
  proposed_at    DATETIME(3)  NOT NULL,
  decided_by     VARCHAR(220) NULL,
  decided_at     DATETIME(3)  NULL,
  open_key       BIGINT       NULL,     -- the settlement while it is proposed: one at a time
  UNIQUE KEY write_off_open (open_key),
  KEY write_off_settlement (settlement_id),
  KEY write_off_operator (operator_id, state, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What an operator allows; without a row the defaults hold.
CREATE TABLE payment_limit (
  operator_id BIGINT      NOT NULL PRIMARY KEY,
  debt_minor  BIGINT      NOT NULL, -- a driver who owes more cannot start
  updated_at  DATETIME(3) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
