-- Orders: money is got before the session, at a charge point's code.

CREATE TABLE payment_order (
  id              BIGINT       NOT NULL PRIMARY KEY,
  operator_id     BIGINT       NOT NULL,
  code            CHAR(22)     NOT NULL, -- a secret: who knows it may see and cancel the order
  idem_key        BINARY(16)   NOT NULL, -- of the payer's key and the place: a repeat is the same order
  station_id      BIGINT       NOT NULL,
  evse_no         INT          NOT NULL,
  live_evse       VARCHAR(40)  NULL,     -- station:evse while the order is live: one live order an EVSE
  driver_id       BIGINT       NOT NULL,
  token_id        BIGINT       NOT NULL,
  token_uid       VARCHAR(20)  NOT NULL,
  provider        VARCHAR(20)  NOT NULL,
  account_id      BIGINT       NULL,     -- NULL: our own ledger
  flow            VARCHAR(10)  NOT NULL, -- preauth, prepaid, wallet
  form            VARCHAR(10)  NOT NULL, -- qr, redirect, in_app
  language        VARCHAR(35)  NOT NULL,
  return_url      VARCHAR(600) NOT NULL,
  client_ip       VARCHAR(45)  NULL,
  currency        CHAR(3)      NOT NULL,
  amount_minor    BIGINT       NOT NULL, -- asked for
  held_minor      BIGINT       NOT NULL, -- what the payer agreed to
  gift_minor      BIGINT       NOT NULL, -- the part of it that is not real money
  state           VARCHAR(10)  NOT NULL, -- waiting, paid, starting, charging, settling, returning, closed
  end_reason      VARCHAR(20)  NULL,     -- settled, debt, cancelled, declined, expired, start_refused ...
  wish            VARCHAR(20)  NULL,     -- cancelled, expired: why it is to end
  deadline        DATETIME(3)  NOT NULL, -- of the state
  hold_expires_at DATETIME(3)  NULL,     -- the provider drops the hold then
  start_asked_at  DATETIME(3)  NULL,     -- stored before the station is asked
  stop_asked_at   DATETIME(3)  NULL,
  session_key     BINARY(16)   NULL,     -- of the session that the money is bound to
  hold_id         BIGINT       NULL,
  session_id      BIGINT       NULL,
  total_minor     BIGINT       NULL,     -- what the session cost
  returned_minor  BIGINT       NULL,     -- given back or set free
  created_at      DATETIME(3)  NOT NULL,
  updated_at      DATETIME(3)  NOT NULL,
  UNIQUE KEY payment_order_code (code),
  UNIQUE KEY payment_order_idem (idem_key),
  UNIQUE KEY payment_order_live (live_evse),
  KEY payment_order_operator (operator_id, id),
  KEY payment_order_state (state, deadline),
  KEY payment_order_driver (driver_id),
  KEY payment_order_session (session_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
