-- People and keys that use Ampay, and the hash-chained log of what they did.

CREATE TABLE console_user (
  id            BIGINT       NOT NULL PRIMARY KEY,
  operator_id   BIGINT       NULL, -- NULL: the platform
  email         VARCHAR(200) NOT NULL,
  email_key     VARCHAR(200) NOT NULL,
  password_hash VARCHAR(200) NOT NULL, -- Argon2id, encoded
  role          VARCHAR(20)  NOT NULL,
  language      VARCHAR(10)  NOT NULL,
  disabled      BOOLEAN      NOT NULL,
  created_at    DATETIME(3)  NOT NULL,
  UNIQUE KEY console_user_email (email_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE console_session (
  token_hash BINARY(32)  NOT NULL PRIMARY KEY,
  user_id    BIGINT      NOT NULL,
  csrf_token VARCHAR(64) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  KEY console_session_user (user_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE api_key (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NULL, -- NULL: all operators (admin)
  name        VARCHAR(100) NOT NULL,
  role        VARCHAR(20)  NOT NULL,
  key_hash    BINARY(32)   NOT NULL,
  key_prefix  VARCHAR(12)  NOT NULL, -- shown in lists
  created_at  DATETIME(3)  NOT NULL,
  revoked_at  DATETIME(3)  NULL,
  UNIQUE KEY api_key_hash (key_hash)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Answers of write calls by their Idempotency-Key, for 24 hours.
CREATE TABLE idempotent_answer (
  api_key_id   BIGINT       NOT NULL,
  request_key  VARCHAR(100) NOT NULL,
  request_hash BINARY(32)   NOT NULL,
  status       INT          NOT NULL, -- 0: being worked on
  body         MEDIUMTEXT   NULL,
  created_at   DATETIME(3)  NOT NULL,
  PRIMARY KEY (api_key_id, request_key),
  KEY idempotent_answer_age (created_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE audit_entry (
  id          BIGINT        NOT NULL PRIMARY KEY, -- without gaps: the chain
  operator_id BIGINT        NULL,
  at          DATETIME(3)   NOT NULL,
  actor       VARCHAR(220)  NOT NULL, -- user:{email}, key:{prefix}, cli, system
  action      VARCHAR(60)   NOT NULL,
  subject     VARCHAR(120)  NOT NULL,
  detail      VARCHAR(4000) NOT NULL, -- JSON without secrets
  prev_hash   BINARY(32)    NOT NULL,
  hash        BINARY(32)    NOT NULL,
  KEY audit_entry_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The end of the chain: one row, locked by every append, so that ids have no gap.
CREATE TABLE audit_chain (
  id        INT        NOT NULL PRIMARY KEY, -- always 1
  last_id   BIGINT     NOT NULL,
  last_hash BINARY(32) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Commands sent to stations: who, what, when, and what came back.
CREATE TABLE station_command (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  station_id  BIGINT       NOT NULL,
  actor       VARCHAR(220) NOT NULL,
  action      VARCHAR(50)  NOT NULL,
  payload     MEDIUMTEXT   NOT NULL,
  created_at  DATETIME(3)  NOT NULL,
  state       VARCHAR(12)  NOT NULL, -- queued, sent, answered, error, invalid, timeout, expired, offline
  expires_at  DATETIME(3)  NULL,
  finished_at DATETIME(3)  NULL,
  answer      MEDIUMTEXT   NULL,
  error_code  VARCHAR(50)  NULL,
  description VARCHAR(500) NULL,
  KEY station_command_station (station_id, id),
  KEY station_command_queued (state, station_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What the dashboard adds up for a day.
CREATE INDEX bill_created ON bill (operator_id, created_at);
