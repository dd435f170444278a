-- What the platform keeps of payments, and what payers dispute at their banks.

-- An operator's fee from a time on. Rows are added, never changed: a bill's fee is that of its time.
CREATE TABLE platform_fee (
  id           BIGINT      NOT NULL PRIMARY KEY,
  operator_id  BIGINT      NOT NULL,
  valid_from   DATETIME(3) NOT NULL,
  currency     CHAR(3)     NOT NULL, -- bills in others have no fee
  basis_points INT         NOT NULL, -- of the price without tax: 10,000 is all of it
  flat_minor   BIGINT      NOT NULL, -- on top of that
  min_minor    BIGINT      NOT NULL,
  max_minor    BIGINT      NULL,     -- NULL: the price itself
  created_at   DATETIME(3) NOT NULL,
  UNIQUE KEY platform_fee_from (operator_id, valid_from)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE dispute (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  provider       VARCHAR(20)  NOT NULL,
  account_id     BIGINT       NOT NULL,
  dispute_ref    VARCHAR(100) NOT NULL, -- the provider's own id
  operation_id   BIGINT       NOT NULL, -- that took the money
  settlement_id  BIGINT       NULL,     -- that was paid by it; NULL: none yet
  driver_id      BIGINT       NOT NULL,
  currency       CHAR(3)      NOT NULL,
  amount_minor   BIGINT       NOT NULL,
  taken_minor    BIGINT       NOT NULL, -- what lies in the account disputed for it
  reversed_minor BIGINT       NOT NULL, -- lost: what was reversed like a refund
  written_minor  BIGINT       NOT NULL, -- lost: what had been given back already, a bad debt
  state          VARCHAR(10)  NOT NULL, -- warning, open, won, lost
  reason         VARCHAR(200) NOT NULL,
  deadline       VARCHAR(40)  NULL,     -- until when evidence is taken
  created_at     DATETIME(3)  NOT NULL,
  updated_at     DATETIME(3)  NOT NULL,
  UNIQUE KEY dispute_ref (account_id, dispute_ref),
  KEY dispute_operator (operator_id, id),
  KEY dispute_state (operator_id, state, id),
  KEY dispute_operation (operation_id),
  KEY dispute_settlement (settlement_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
