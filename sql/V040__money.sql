-- Ledger, holds, bills, settlements. Amounts are integer minor units of their currency.

CREATE TABLE account (
  id            BIGINT       NOT NULL PRIMARY KEY,
  operator_id   BIGINT       NOT NULL,
  code          VARCHAR(120) NOT NULL, -- wallet:{driver}:real, payable:{operator}, tax:{jurisdiction,rate} ...
  kind          VARCHAR(10)  NOT NULL, -- asset, liability, income, expense
  currency      CHAR(3)      NOT NULL,
  balance_minor BIGINT       NOT NULL, -- debits less credits; rebuildable from the postings
  limit_minor   BIGINT       NULL,     -- a wallet's credit limit (0: never below zero); NULL: none
  created_at    DATETIME(3)  NOT NULL,
  UNIQUE KEY account_code (operator_id, code, currency)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE journal (
  id           BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  journal_key  VARCHAR(80)  NOT NULL, -- what it is about: hold:{id}, bill:{id}, capture:{op} ...
  content_hash BINARY(32)   NOT NULL, -- the same key with other content is an error
  kind         VARCHAR(20)  NOT NULL,
  ref          BIGINT       NOT NULL,
  posted_at    DATETIME(3)  NOT NULL,
  UNIQUE KEY journal_key (journal_key),
  KEY journal_operator (operator_id, id),
  KEY journal_ref (ref, kind)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE posting (
  journal_id   BIGINT  NOT NULL,
  line_no      INT     NOT NULL,
  account_id   BIGINT  NOT NULL,
  currency     CHAR(3) NOT NULL,
  amount_minor BIGINT  NOT NULL, -- debit positive, credit negative
  PRIMARY KEY (journal_id, line_no),
  KEY posting_account (account_id, journal_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a start reserved: a place among the token's sessions and, with a wallet, money.
CREATE TABLE start_hold (
  id             BIGINT      NOT NULL PRIMARY KEY,
  hold_key       BINARY(16)  NOT NULL, -- the session_key of the start it is for
  operator_id    BIGINT      NOT NULL,
  station_id     BIGINT      NOT NULL,
  token_id       BIGINT      NULL,
  driver_id      BIGINT      NULL,
  provider       VARCHAR(20) NULL, -- wallet, deposit, stripe ...; NULL: nothing is held
  account_id     BIGINT      NULL, -- the operator's account with a provider beyond a network
  order_id       BIGINT      NULL, -- the order that was paid before the start
  reference      VARCHAR(64) NULL, -- of the operation that set the money aside
  provider_ref   VARCHAR(100) NULL,
  currency       CHAR(3)     NOT NULL,
  amount_minor   BIGINT      NOT NULL,
  gift_minor     BIGINT      NOT NULL, -- the part of the amount that came from gift money
  captured_minor BIGINT      NOT NULL,
  times_held     INT         NOT NULL, -- more than 1: its deadline passed, and then the start was repeated
  state          VARCHAR(10) NOT NULL, -- held, captured, released, refused
  refusal        VARCHAR(20) NULL,     -- why the start was refused, so that a repeat hears the same
  session_id     BIGINT      NULL,
  deadline       DATETIME(3) NULL,     -- released then, unless a session has come
  created_at     DATETIME(3) NOT NULL,
  UNIQUE KEY start_hold_key (hold_key),
  KEY start_hold_token (token_id, state),
  KEY start_hold_open (state, deadline)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE bill (
  id               BIGINT      NOT NULL PRIMARY KEY,
  operator_id      BIGINT      NOT NULL,
  session_id       BIGINT      NOT NULL,
  station_id       BIGINT      NOT NULL,
  hold_id          BIGINT      NULL,     -- what the session's start reserved: it pays first
  kind             VARCHAR(10) NOT NULL, -- charge, credit
  seq              INT         NOT NULL, -- 0; the credits of a session are counted from 1
  driver_id        BIGINT      NULL,
  snapshot_id      BIGINT      NOT NULL,
  currency         CHAR(3)     NOT NULL,
  excl_minor       BIGINT      NOT NULL,
  tax_minor        BIGINT      NOT NULL,
  total_minor      BIGINT      NOT NULL,
  created_at       DATETIME(3) NOT NULL,
  UNIQUE KEY bill_session (session_id, kind, seq),
  KEY bill_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE bill_line (
  bill_id     BIGINT         NOT NULL,
  line_no     INT            NOT NULL,
  dimension   VARCHAR(20)    NOT NULL, -- ENERGY, SERVICE, TIME, FLAT, MIN_PRICE, TIER, COUPON ...
  element_no  INT            NULL,
  from_at     DATETIME(3)    NULL,
  to_at       DATETIME(3)    NULL,
  volume      DECIMAL(24,9)  NOT NULL, -- kWh, hours or 1
  unit_price  DECIMAL(20,9)  NOT NULL,
  vat_rate    DECIMAL(9,4)   NULL,     -- percent
  excl_minor  BIGINT         NOT NULL,
  tax_minor   BIGINT         NOT NULL,
  total_minor BIGINT         NOT NULL,
  label       VARCHAR(200)   NULL,     -- the rule that applied, the name of a tier or coupon
  funder      VARCHAR(10)    NULL,     -- who bears a discount: platform, operator, site
  PRIMARY KEY (bill_id, line_no)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE cdr (
  id          BIGINT      NOT NULL PRIMARY KEY,
  operator_id BIGINT      NOT NULL,
  session_id  BIGINT      NOT NULL,
  bill_id     BIGINT      NOT NULL,
  body        MEDIUMTEXT  NOT NULL, -- our CDR, immutable; OCPI versions are made from it at the edge
  created_at  DATETIME(3) NOT NULL,
  UNIQUE KEY cdr_bill (bill_id),
  KEY cdr_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE settlement (
  id            BIGINT       NOT NULL PRIMARY KEY,
  operator_id   BIGINT       NOT NULL,
  bill_id       BIGINT       NOT NULL,
  session_id    BIGINT       NOT NULL,
  driver_id     BIGINT       NULL,
  hold_id       BIGINT       NULL,
  currency      CHAR(3)      NOT NULL,
  amount_minor  BIGINT       NOT NULL,
  settled_minor BIGINT       NOT NULL, -- captured and charged, refunds not taken off
  refunded_minor BIGINT      NOT NULL,
  state         VARCHAR(12)  NOT NULL, -- pending, settled, partial, debt, manual, refunded, written_off
  reason        VARCHAR(300) NULL,
  created_at    DATETIME(3)  NOT NULL,
  updated_at    DATETIME(3)  NOT NULL,
  UNIQUE KEY settlement_bill (bill_id),
  KEY settlement_operator (operator_id, id),
  KEY settlement_state (operator_id, state, id),
  KEY settlement_session (session_id),
  KEY settlement_driver (driver_id, state)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every command to a provider: its row is committed before the call.
CREATE TABLE payment_operation (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  settlement_id  BIGINT       NULL,
  hold_id        BIGINT       NULL,
  order_id       BIGINT       NULL,
  target_id      BIGINT       NULL, -- the operation that it captures, cancels or gives back
  driver_id      BIGINT       NULL,
  payer          VARCHAR(100) NULL, -- a charge: the customer and his card or agreement, as the provider names them
  method         VARCHAR(200) NULL,
  provider       VARCHAR(20)  NOT NULL,
  account_id     BIGINT       NULL, -- NULL: a provider in our own ledger
  kind           VARCHAR(12)  NOT NULL, -- authorize, capture, charge, release, refund, present, cancel, top_up ...
  reference      VARCHAR(64)  NOT NULL, -- given to the provider; never changes on retry
  currency       CHAR(3)      NOT NULL,
  amount_minor   BIGINT       NOT NULL, -- asked for
  done_minor     BIGINT       NOT NULL, -- what the provider did of it; 0 until it succeeded
  gift_minor     BIGINT       NOT NULL, -- the part of what was done that was gift money
  state          VARCHAR(16)  NOT NULL, -- requested, succeeded, pending, action_required, declined, not_sent, unknown, misconfigured
  provider_ref   VARCHAR(100) NULL,
  detail         VARCHAR(300) NULL,
  attempts       INT          NOT NULL,
  action_form    VARCHAR(10)  NULL,     -- qr, redirect, in_app: what the payer has to do
  action         TEXT         NULL,
  created_at     DATETIME(3)  NOT NULL,
  updated_at     DATETIME(3)  NOT NULL,
  UNIQUE KEY payment_operation_reference (provider, reference),
  KEY payment_operation_settlement (settlement_id),
  KEY payment_operation_order (order_id),
  KEY payment_operation_provider_ref (account_id, provider_ref)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
