-- Partners that our operators speak OCPI with, and what was said.

CREATE TABLE ocpi_partner (
  id           BIGINT         NOT NULL PRIMARY KEY,
  operator_id  BIGINT         NOT NULL,
  role         VARCHAR(10)    NOT NULL, -- as it was invited: EMSP, HUB, NSP, PTP ...
  country_code CHAR(2)        NOT NULL,
  party_id     CHAR(3)        NOT NULL,
  name         VARCHAR(100)   NOT NULL,
  versions_url VARCHAR(255)   NULL,
  state        VARCHAR(10)    NOT NULL, -- invited, registered, suspended, ended
  version      VARCHAR(10)    NULL,     -- chosen by the handshake
  endpoints    TEXT           NOT NULL, -- JSON: [{"module","role","url"}]
  parties      TEXT           NOT NULL, -- JSON: [{"role","country_code","party_id","name"}]
  token_form   VARCHAR(6)     NOT NULL, -- base64, plain: how we write its token
  ours_hash    BINARY(32)     NULL,     -- of the token that it calls us with
  coming_hash  BINARY(32)     NULL,     -- of the one that we told it in a handshake it has not answered
  ours         VARBINARY(200) NULL,     -- that token, encrypted
  theirs       VARBINARY(200) NULL,     -- the token that we call it with, encrypted
  created_at   DATETIME(3)    NOT NULL,
  updated_at   DATETIME(3)    NOT NULL,
  UNIQUE KEY ocpi_partner_token (ours_hash),
  KEY ocpi_partner_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every call in both directions, without tokens; old rows are deleted.
CREATE TABLE ocpi_call (
  id             BIGINT        NOT NULL PRIMARY KEY,
  operator_id    BIGINT        NOT NULL,
  partner_id     BIGINT        NOT NULL,
  at             DATETIME(3)   NOT NULL,
  direction      VARCHAR(3)    NOT NULL, -- in, out
  method         VARCHAR(10)   NOT NULL,
  url            VARCHAR(500)  NOT NULL,
  http           INT           NULL,     -- NULL: no answer
  status         INT           NULL,     -- OCPI status_code
  millis         INT           NOT NULL,
  request_id     VARCHAR(64)   NULL,
  correlation_id VARCHAR(64)   NULL,
  note           VARCHAR(1000) NULL,     -- status_message or why there was no answer
  body           VARCHAR(4000) NULL,     -- the beginning of what was sent, tokens masked
  KEY ocpi_call_partner (operator_id, partner_id, id),
  KEY ocpi_call_age (at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
