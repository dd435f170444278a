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
  whitelist    VARCHAR(20)  NOT NULL, -- ALWAYS, ALLOWED, ALLOWED_OFFLINE, NEVER
  shadowed     BOOLEAN      NOT NULL, -- another token of the operator has its uid: it opens nothing
  body         TEXT         NOT NULL, -- the whole object as the partner sent it
  last_updated DATETIME(3)  NOT NULL, -- by the partner
  changed_at   DATETIME(3)  NOT NULL,
  PRIMARY KEY (partner_id, country_code, party_id, uid_key, type),
  KEY ocpi_token_uid (operator_id, uid_key)
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
  PRIMARY KEY (partner_id, uid_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
