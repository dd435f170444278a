-- What roaming partners are invoiced and have paid. Their accounts are the ledger's. Times are UTC.

-- The last number of an operator: taken in the transaction that stores the invoice, so without gaps.
CREATE TABLE roaming_invoice_number (
  operator_id BIGINT NOT NULL PRIMARY KEY,
  last_number INT    NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Added, never changed: an invoice is cancelled by one of the kind credit.
CREATE TABLE roaming_invoice (
  id           BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  number       INT          NOT NULL,
  code         VARCHAR(30)  NOT NULL, -- the number as it is printed
  kind         VARCHAR(10)  NOT NULL, -- invoice, credit
  partner_id   BIGINT       NOT NULL,
  partner_name VARCHAR(100) NOT NULL, -- as it was called then
  currency     CHAR(3)      NOT NULL,
  period       CHAR(7)      NOT NULL, -- 2026-03
  zone         VARCHAR(64)  NOT NULL, -- in which the month is reckoned
  to_at        DATETIME(3)  NOT NULL, -- everything posted before it that no invoice had
  items        INT          NOT NULL,
  excl_minor   BIGINT       NOT NULL,
  tax_minor    BIGINT       NOT NULL,
  total_minor  BIGINT       NOT NULL,
  cancels_id   BIGINT       NULL,     -- of a credit: the invoice; once
  reason       VARCHAR(200) NULL,
  created_by   VARCHAR(220) NOT NULL,
  created_at   DATETIME(3)  NOT NULL,
  UNIQUE KEY roaming_invoice_number (operator_id, number),
  UNIQUE KEY roaming_invoice_cancels (cancels_id),
  KEY roaming_invoice_partner (partner_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE roaming_invoice_line (
  invoice_id  BIGINT       NOT NULL,
  line_no     INT          NOT NULL,
  vat_rate    DECIMAL(9,4) NULL,     -- percent; NULL: no tax
  excl_minor  BIGINT       NOT NULL,
  tax_minor   BIGINT       NOT NULL,
  total_minor BIGINT       NOT NULL,
  PRIMARY KEY (invoice_id, line_no)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE roaming_invoice_item (
  invoice_id  BIGINT NOT NULL,
  bill_id     BIGINT NOT NULL, -- a charge or a credit
  total_minor BIGINT NOT NULL, -- as the invoice counts it: of a credit invoice the opposite
  live_bill   BIGINT NULL,     -- the bill while no credit cancels the invoice: on one invoice only
  PRIMARY KEY (invoice_id, bill_id),
  UNIQUE KEY roaming_invoice_item_live (live_bill)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which invoice a month has; the row goes when that is cancelled.
CREATE TABLE roaming_invoice_month (
  partner_id BIGINT  NOT NULL,
  currency   CHAR(3) NOT NULL,
  period     CHAR(7) NOT NULL,
  invoice_id BIGINT  NOT NULL,
  PRIMARY KEY (partner_id, currency, period)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Money that came from a partner. Added, never changed; what was booked wrongly is reversed.
CREATE TABLE roaming_payment (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  partner_id     BIGINT       NOT NULL,
  invoice_id     BIGINT       NULL,     -- what it is for; NULL: on account
  currency       CHAR(3)      NOT NULL,
  received_minor BIGINT       NOT NULL, -- at our bank; negative in a reversal
  fee_minor      BIGINT       NOT NULL, -- what banks kept of what the partner sent
  received_on    DATE         NOT NULL,
  reference      VARCHAR(140) NOT NULL, -- of the bank's statement
  reverses_id    BIGINT       NULL,
  idem_key       BINARY(16)   NULL,     -- of the wish: a repeat is the same payment; NULL: a reversal
  created_by     VARCHAR(220) NOT NULL,
  created_at     DATETIME(3)  NOT NULL,
  UNIQUE KEY roaming_payment_reverses (reverses_id),
  UNIQUE KEY roaming_payment_idem (idem_key),
  KEY roaming_payment_partner (partner_id, id),
  KEY roaming_payment_invoice (invoice_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Card terminals that a payment terminal service (a partner of the role PTP) told us of.
CREATE TABLE ocpi_terminal (
  partner_id   BIGINT      NOT NULL,
  terminal_id  VARCHAR(36) NOT NULL, -- lower case: it compares without case
  operator_id  BIGINT      NOT NULL,
  body         TEXT        NOT NULL, -- OCPI 2.3.0 Terminal, with what we assigned
  last_updated DATETIME(3) NOT NULL,
  PRIMARY KEY (partner_id, terminal_id),
  KEY ocpi_terminal_operator (operator_id, partner_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a service says that it took from a driver's card for a session.
CREATE TABLE ocpi_financial_advice (
  partner_id    BIGINT      NOT NULL,
  advice_id     VARCHAR(36) NOT NULL, -- lower case: it compares without case
  operator_id   BIGINT      NOT NULL,
  session_id    BIGINT      NOT NULL,
  currency      CHAR(3)     NOT NULL,
  total_minor   BIGINT      NOT NULL, -- taken, with taxes
  status        VARCHAR(20) NOT NULL, -- SUCCESS, PARTIAL_SUCCESS, FAILED
  operation_id  BIGINT      NULL,     -- that paid the bill by it; NULL: nothing was taken
  body          TEXT        NOT NULL, -- as it was received
  last_updated  DATETIME(3) NOT NULL,
  received_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (partner_id, advice_id),
  UNIQUE KEY ocpi_financial_advice_operation (operation_id),
  KEY ocpi_financial_advice_session (session_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
