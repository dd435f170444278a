-- Partners' tokens, and which sessions are of partners' drivers.

CREATE TABLE ocpi_token (
  partner_id   BIGINT       NOT NULL,
  country_code CHAR(2)      NOT NULL,
  party_id     CHAR(3)      NOT NULL,
  uid_key      VARCHAR(36)  NOT NULL, -- lower case: uids compare without case
  type         VARCHAR(20)  NOT NULL, -- RFID, APP_USER, AD_HOC_USER, OTHER, EMAID
  operator_id  BIGINT       NOT NULL,
  uid          VARCHAR(36)  NOT NULL, -- as written by the partner
  contract_id  VARCHAR(36)  NOT NULL,
  valid        BOOLEAN      NOT NULL,
  alias        VARCHAR(20)  NULL,     -- how OCPP 1.6 stations call it where its uid is too long for them
  whitelist    VARCHAR(20)  NOT NULL, -- ALWAYS, ALLOWED, ALLOWED_OFFLINE, NEVER
  shadowed     BOOLEAN      NOT NULL, -- another token of the operator has its uid: it opens nothing
  body         TEXT         NOT NULL, -- the whole object as the partner sent it
  last_updated DATETIME(3)  NOT NULL, -- by the partner
  changed_at   DATETIME(3)  NOT NULL,
  PRIMARY KEY (partner_id, country_code, party_id, uid_key, type),
  KEY ocpi_token_uid (operator_id, uid_key),
  KEY ocpi_token_partner (partner_id, uid_key),
  KEY ocpi_token_alias (partner_id, alias)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Written when a session is first told of, soon after its start; stays whatever becomes of the token.
CREATE TABLE ocpi_session_token (
  session_id    BIGINT      NOT NULL PRIMARY KEY,
  partner_id    BIGINT      NOT NULL,
  operator_id   BIGINT      NOT NULL,
  country_code  CHAR(2)     NOT NULL,
  party_id      CHAR(3)     NOT NULL,
  uid           VARCHAR(36) NOT NULL,
  type          VARCHAR(20) NOT NULL,
  contract_id   VARCHAR(36) NOT NULL,
  auth_method   VARCHAR(20) NOT NULL, -- AUTH_REQUEST, COMMAND, WHITELIST
  auth_ref      VARCHAR(36) NULL,     -- what the partner gave with its consent
  KEY ocpi_session_token_partner (partner_id, session_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Consents of partners that no session has used yet: by real-time authorization or command.
CREATE TABLE ocpi_consent (
  partner_id  BIGINT      NOT NULL,
  uid_key     VARCHAR(36) NOT NULL,
  auth_method VARCHAR(20) NOT NULL,
  auth_ref    VARCHAR(36) NULL,
  given_at    DATETIME(3) NOT NULL,
  until       DATETIME(3) NOT NULL,
  PRIMARY KEY (partner_id, uid_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Reservations that partners made, by the ids that they gave them.
CREATE TABLE ocpi_reservation (
  partner_id     BIGINT      NOT NULL,
  reservation_id VARCHAR(36) NOT NULL, -- lower case: ids compare without case
  row_id         BIGINT      NOT NULL, -- the newest reservation of ours under that id
  station_id     BIGINT      NOT NULL,
  PRIMARY KEY (partner_id, reservation_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who else is connected to a hub, as the hub told.
CREATE TABLE ocpi_client_info (
  partner_id   BIGINT  NOT NULL, -- the hub
  country_code CHAR(2) NOT NULL,
  party_id     CHAR(3) NOT NULL,
  body         TEXT    NOT NULL,
  PRIMARY KEY (partner_id, country_code, party_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Charging profiles that partners set for sessions of their drivers.
CREATE TABLE ocpi_profile (
  session_id BIGINT NOT NULL PRIMARY KEY,
  partner_id BIGINT NOT NULL,
  profile_id INT    NOT NULL -- at the station
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Results of commands that partners have to hear yet.
CREATE TABLE ocpi_result (
  id         BIGINT       NOT NULL PRIMARY KEY,
  partner_id BIGINT       NOT NULL,
  module     VARCHAR(20)  NOT NULL, -- COMMANDS, CHARGINGPROFILES
  url        VARCHAR(255) NOT NULL,
  body       TEXT         NOT NULL, -- what to say; before it is known: that it never came
  attempts   INT          NOT NULL,
  due_at     DATETIME(3)  NOT NULL, -- whoever works on it moves this on first
  KEY ocpi_result_due (due_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How far partners' lists of tokens were read.
CREATE TABLE ocpi_token_pull (
  partner_id BIGINT       NOT NULL PRIMARY KEY,
  begun_at   DATETIME(3)  NOT NULL,
  done_at    DATETIME(3)  NULL, -- of the last one that came to its end
  mark       DATETIME(3)  NULL, -- the newest last_updated read, by the partner's clock
  tokens     INT          NOT NULL, -- read by the last one
  problem    VARCHAR(300) NULL  -- of the last one; NULL: none
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Their partner decides each time: in no list or cache of a station.
ALTER TABLE id_token ADD COLUMN always_asked BOOLEAN NOT NULL DEFAULT FALSE;
