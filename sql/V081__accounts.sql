-- Accounts with payment providers, their callbacks, how drivers want to pay. Times are UTC.

CREATE TABLE payment_account (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  provider    VARCHAR(20)  NOT NULL,
  code        VARCHAR(40)  NOT NULL, -- in the callbacks' address
  name        VARCHAR(100) NOT NULL, -- for people
  settings    TEXT         NOT NULL, -- JSON: what is not secret
  secrets     MEDIUMBLOB   NOT NULL, -- JSON, AES-256-GCM; the key is outside of the database
  enabled     BOOLEAN      NOT NULL, -- offered for new payments; old ones are finished in any case
  revision    INT          NOT NULL, -- grows with each change
  created_at  DATETIME(3)  NOT NULL,
  updated_at  DATETIME(3)  NOT NULL,
  UNIQUE KEY payment_account_code (provider, code),
  KEY payment_account_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What providers told us: stored before it is acknowledged, applied once.
CREATE TABLE payment_callback (
  id           BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  account_id   BIGINT       NOT NULL,
  event_id     VARCHAR(100) NOT NULL, -- the provider's own
  operation_id BIGINT       NOT NULL, -- of ours, that it is about
  kind         VARCHAR(10)  NOT NULL, -- news, dispute
  news         TEXT         NOT NULL, -- JSON: what it says; neither the body nor its signature
  body_hash    BINARY(32)   NOT NULL,
  state        VARCHAR(10)  NOT NULL, -- stored, applied
  received_at  DATETIME(3)  NOT NULL,
  applied_at   DATETIME(3)  NULL,
  UNIQUE KEY payment_callback_event (account_id, event_id),
  KEY payment_callback_operation (operation_id),
  KEY payment_callback_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How a driver pays where no order paid before; no row: by wallet.
CREATE TABLE driver_method (
  driver_id    BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  kind         VARCHAR(10)  NOT NULL, -- invoice, saved, roaming, terminal
  account_id   BIGINT       NULL,     -- saved: the operator's account with the provider
  provider     VARCHAR(20)  NULL,
  payer        VARCHAR(200) NULL,     -- saved: the customer in the provider's words; never a card number
  method       VARCHAR(200) NULL,
  currency     CHAR(3)      NULL,     -- invoice
  credit_minor BIGINT       NULL,     -- invoice: the credit limit; roaming: as well, NULL is none
  changed_at   DATETIME(3)  NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- By it a driver proves on a page that a card is his.
CREATE TABLE driver_pin (
  driver_id    BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  hash         VARCHAR(200) NOT NULL, -- Argon2id
  wrong        INT          NOT NULL, -- tries in a row
  locked_until DATETIME(3)  NULL,
  changed_at   DATETIME(3)  NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
