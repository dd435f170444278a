-- What partners are to be told of, and what they have: one row an object and partner.

CREATE TABLE ocpi_push (
  partner_id  BIGINT        NOT NULL,
  kind        VARCHAR(20)   NOT NULL, -- location, evse, tariff, session, cdr
  object_key  VARCHAR(100)  NOT NULL,
  state       VARCHAR(12)   NOT NULL, -- waiting, taken, given_up, no_endpoint
  wanted      BIGINT        NOT NULL, -- counts the changes
  taken       BIGINT        NOT NULL, -- up to which of them the partner knows
  attempts    INT           NOT NULL, -- failures since the last success
  due_at      DATETIME(3)   NOT NULL,
  wanted_at   DATETIME(3)   NOT NULL, -- of the first change that it does not know
  tried_at    DATETIME(3)   NULL,
  taken_at    DATETIME(3)   NULL,
  http        INT           NULL,     -- of the last attempt that was not taken
  status      INT           NULL,     -- OCPI status_code of it
  last_error  VARCHAR(1000) NULL,     -- NULL: the last attempt was taken
  PRIMARY KEY (partner_id, kind, object_key),
  KEY ocpi_push_due (partner_id, state, due_at),
  KEY ocpi_push_age (state, tried_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE ocpi_push_lane ( -- which node sends to a partner: one at a time, so that order is kept
  partner_id   BIGINT      NOT NULL PRIMARY KEY,
  leased_by    VARCHAR(64) NOT NULL,
  leased_until DATETIME(3) NOT NULL,
  away_since   DATETIME(3) NULL      -- it does not answer
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE ocpi_comparison ( -- when it was last looked what a partner has
  partner_id BIGINT        NOT NULL PRIMARY KEY,
  begun_at   DATETIME(3)   NOT NULL,
  ended_at   DATETIME(3)   NULL,     -- NULL: under way, or cut off
  compared   INT           NOT NULL, -- objects
  missing    INT           NOT NULL, -- of these; sent again, as are the older ones
  older      INT           NOT NULL,
  trouble    VARCHAR(1000) NULL      -- why not all could be compared
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
