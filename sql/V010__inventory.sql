-- Operators, sites, stations, drivers and their tokens. Identifiers compare byte by byte; times are UTC.

CREATE TABLE operator (
  id           BIGINT       NOT NULL PRIMARY KEY,
  name         VARCHAR(100) NOT NULL,
  country_code CHAR(2)      NOT NULL,
  party_id     CHAR(3)      NOT NULL,
  currency     CHAR(3)      NOT NULL,
  hold_minor   BIGINT       NOT NULL, -- what a session reserves in a wallet at its start
  created_at   DATETIME(3)  NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE site (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  code        VARCHAR(36)  NOT NULL,
  name        VARCHAR(100) NOT NULL,
  address     VARCHAR(200) NOT NULL,
  city        VARCHAR(100) NOT NULL,
  postal_code VARCHAR(20)  NOT NULL,
  country     CHAR(3)      NOT NULL, -- ISO 3166 alpha-3, as OCPI wants it
  latitude    DECIMAL(9,6) NULL,
  longitude   DECIMAL(9,6) NULL,
  time_zone   VARCHAR(64)  NOT NULL,
  published   BOOLEAN      NOT NULL,
  created_at  DATETIME(3)  NOT NULL,
  UNIQUE KEY site_code (operator_id, code)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE station (
  id                BIGINT        NOT NULL PRIMARY KEY,
  operator_id       BIGINT        NOT NULL,
  site_id           BIGINT        NOT NULL,
  identity          VARCHAR(48)   NOT NULL, -- the last path element of its URL
  name              VARCHAR(100)  NOT NULL,
  security_profile  TINYINT       NOT NULL, -- 0 to 3
  password_hash     VARBINARY(64) NULL,     -- keyed hash of a generated or set password
  pending_hash      VARBINARY(64) NULL,     -- a changed password that the station has not accepted
  protocol          VARCHAR(10)   NULL,     -- the last one spoken: 1.6, 2.0.1
  vendor            VARCHAR(50)   NULL,
  model             VARCHAR(50)   NULL,
  serial_number     VARCHAR(50)   NULL,
  firmware_version  VARCHAR(50)   NULL,
  registration      VARCHAR(10)   NOT NULL, -- accepted, pending, rejected, none
  booted_at         DATETIME(3)   NULL,
  connected_at      DATETIME(3)   NULL,
  disconnected_at   DATETIME(3)   NULL,
  last_seen_at      DATETIME(3)   NULL,
  created_at        DATETIME(3)   NOT NULL,
  UNIQUE KEY station_identity (identity),
  KEY station_operator (operator_id, identity),
  KEY station_site (site_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE evse (
  id           BIGINT      NOT NULL PRIMARY KEY,
  operator_id  BIGINT      NOT NULL,
  station_id   BIGINT      NOT NULL,
  evse_no      INT         NOT NULL, -- 1.6: one virtual EVSE a connector, evse_no = connectorId
  pay_code     VARCHAR(16) NOT NULL, -- behind the QR code: /pay/{code}
  current_type VARCHAR(2)  NOT NULL, -- AC, DC
  phases       TINYINT     NOT NULL,
  max_power_w  INT         NOT NULL,
  UNIQUE KEY evse_station (station_id, evse_no),
  UNIQUE KEY evse_pay_code (pay_code)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE connector (
  id           BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  station_id   BIGINT       NOT NULL,
  evse_no      INT          NOT NULL,
  connector_no INT          NOT NULL,
  standard     VARCHAR(30)  NOT NULL, -- OCPI ConnectorType, for example IEC_62196_T2
  status       VARCHAR(20)  NOT NULL, -- Available, Occupied, Preparing, Charging, ... Unknown
  error_code   VARCHAR(50)  NULL,
  error_info   VARCHAR(255) NULL,
  status_at    DATETIME(3)  NULL,
  UNIQUE KEY connector_place (station_id, evse_no, connector_no)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE driver (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  name        VARCHAR(100) NOT NULL,
  email       VARCHAR(200) NULL,
  phone       VARCHAR(40)  NULL,
  language    VARCHAR(10)  NULL,
  group_id    BIGINT       NULL, -- a contract or membership group, for tariffs
  kind        VARCHAR(10)  NOT NULL DEFAULT 'person', -- person; guest: of one order; partner: in whose name one pays
  created_at  DATETIME(3)  NOT NULL,
  KEY driver_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE id_token (
  id             BIGINT      NOT NULL PRIMARY KEY,
  operator_id    BIGINT      NOT NULL,
  uid            VARCHAR(36) NOT NULL, -- as written by the person who made it
  uid_key        VARCHAR(36) NOT NULL, -- lower case: tokens compare without case
  type           VARCHAR(20) NOT NULL, -- ISO14443, ISO15693, eMAID, Central, KeyCode, Local, MacAddress
  group_token    VARCHAR(36) NULL,     -- parentIdTag / groupIdToken
  driver_id      BIGINT      NULL,
  expires_at     DATETIME(3) NULL,
  blocked        BOOLEAN     NOT NULL,
  max_concurrent INT         NOT NULL, -- sessions at a time
  allowed_evses  TEXT        NULL,     -- JSON list of {"station":identity,"evse":n}; NULL = all
  order_id       BIGINT      NULL,     -- made for one order: starts only its session
  created_at     DATETIME(3) NOT NULL,
  UNIQUE KEY id_token_uid (operator_id, uid_key),
  KEY id_token_driver (driver_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Tokens that stations sent and nobody knows: remembered, so that an operator can adopt them.
CREATE TABLE unknown_token (
  operator_id BIGINT      NOT NULL,
  uid_key     VARCHAR(36) NOT NULL,
  uid         VARCHAR(36) NOT NULL,
  type        VARCHAR(20) NOT NULL,
  station_id  BIGINT      NOT NULL,
  first_seen  DATETIME(3) NOT NULL,
  last_seen   DATETIME(3) NOT NULL,
  seen        INT         NOT NULL,
  PRIMARY KEY (operator_id, uid_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Bumped in the transaction of every write that running nodes keep a picture of: they reload by it.
CREATE TABLE change_counter (
  name  VARCHAR(30) NOT NULL PRIMARY KEY, -- inventory, tokens, tariffs
  value BIGINT      NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
