-- What partners pull and are sent of sessions and CDRs: made once, ready to be handed out.

CREATE TABLE ocpi_cdr (
  partner_id   BIGINT       NOT NULL,
  seq          BIGINT       NOT NULL, -- from 1, without a gap, in the order of last_updated: a page is a range of it
  cdr_id       VARCHAR(39)  NOT NULL, -- its id in OCPI
  kind         VARCHAR(10)  NOT NULL, -- charge; credit: of the CDR before; corrected: what follows a credit
  operator_id  BIGINT       NOT NULL,
  session_id   BIGINT       NOT NULL,
  bill_id      BIGINT       NOT NULL, -- the charge or the credit that it was made for
  currency     CHAR(3)      NOT NULL,
  excl_minor   BIGINT       NOT NULL, -- of total_cost
  incl_minor   BIGINT       NOT NULL,
  repriced     BOOLEAN      NOT NULL, -- what the partner sees of it re-prices to total_cost, in both versions
  last_updated DATETIME(3)  NOT NULL,
  location     VARCHAR(500) NULL,     -- where the partner keeps it, when it was told
  body_221     MEDIUMTEXT   NOT NULL, -- never changes
  body_230     MEDIUMTEXT   NOT NULL,
  PRIMARY KEY (partner_id, seq),
  UNIQUE KEY ocpi_cdr_id (partner_id, cdr_id),
  KEY ocpi_cdr_updated (partner_id, last_updated, seq),
  KEY ocpi_cdr_session (session_id, seq),
  KEY ocpi_cdr_bill (bill_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE ocpi_cdr_feed ( -- locked while CDRs of the partner are added
  partner_id BIGINT      NOT NULL PRIMARY KEY,
  last_seq   BIGINT      NOT NULL,
  last_at    DATETIME(3) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE ocpi_cdr_held ( -- what cannot be told to the partner as it is: a person sees to it
  session_id  BIGINT        NOT NULL PRIMARY KEY,
  partner_id  BIGINT        NOT NULL,
  operator_id BIGINT        NOT NULL,
  bill_id     BIGINT        NOT NULL,
  reason      VARCHAR(1000) NOT NULL,
  held_at     DATETIME(3)   NOT NULL,
  KEY ocpi_cdr_held_operator (operator_id, session_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE ocpi_session (
  session_id   BIGINT      NOT NULL PRIMARY KEY,
  partner_id   BIGINT      NOT NULL,
  operator_id  BIGINT      NOT NULL,
  status       VARCHAR(12) NOT NULL, -- PENDING, ACTIVE, COMPLETED, INVALID
  last_updated DATETIME(3) NOT NULL, -- grows with every change
  content_hash BINARY(32)  NOT NULL, -- without last_updated: what is as it was is no change
  preferences  VARCHAR(20) NULL,     -- the profile type that the driver wants
  body_221     MEDIUMTEXT  NOT NULL,
  body_230     MEDIUMTEXT  NOT NULL,
  KEY ocpi_session_updated (partner_id, last_updated, session_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
