-- Certificates: our own authority, roots for stations, what was signed, what stations hold. Times are UTC.

-- A root and an issuing CA an operator and generation; a private key is encrypted with a key outside the database.
CREATE TABLE cert_authority (
  id            BIGINT         NOT NULL PRIMARY KEY,
  operator_id   BIGINT         NOT NULL,
  level         VARCHAR(10)    NOT NULL, -- root, issuing
  generation    INT            NOT NULL, -- from 1; the newest one signs
  certificate   TEXT           NOT NULL, -- PEM
  crossed       TEXT           NULL,     -- PEM: this root's key, signed by the root before it
  private_key   VARBINARY(4000) NOT NULL, -- AES-256-GCM of PKCS#8
  not_after     DATETIME(3)    NOT NULL,
  created_at    DATETIME(3)    NOT NULL,
  UNIQUE KEY cert_authority_generation (operator_id, level, generation)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What an operator uploaded to install in stations or to check chains with.
CREATE TABLE root_certificate (
  id          BIGINT        NOT NULL PRIMARY KEY,
  operator_id BIGINT        NOT NULL,
  kind        VARCHAR(12)   NOT NULL, -- central, manufacturer, v2g, mo, sub_ca
  name        VARCHAR(100)  NOT NULL,
  subject     VARCHAR(500)  NOT NULL,
  fingerprint CHAR(64)      NOT NULL, -- SHA-256 of the DER, hex
  certificate TEXT          NOT NULL, -- PEM
  not_before  DATETIME(3)   NOT NULL,
  not_after   DATETIME(3)   NOT NULL,
  created_by  VARCHAR(220)  NOT NULL,
  created_at  DATETIME(3)   NOT NULL,
  UNIQUE KEY root_certificate_one (operator_id, kind, fingerprint),
  KEY root_certificate_expiry (operator_id, not_after)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A SignCertificate of a station and what became of it. Kept as long as the station.
CREATE TABLE certificate_request (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  station_id     BIGINT       NOT NULL,
  kind           VARCHAR(10)  NOT NULL, -- station, v2g, combined
  csr            TEXT         NOT NULL, -- as it came
  state          VARCHAR(12)  NOT NULL, -- refused, received, signed, installed, rejected, failed, superseded
  reason         VARCHAR(500) NOT NULL,
  chain          TEXT         NULL,     -- PEM, the station's certificate first
  certificate_id BIGINT       NULL,
  received_at    DATETIME(3)  NOT NULL,
  changed_at     DATETIME(3)  NOT NULL,
  KEY certificate_request_station (station_id, id),
  KEY certificate_request_state (operator_id, state, changed_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Certificates of stations: signed for them, or shown by them at a TLS handshake.
CREATE TABLE station_certificate (
  id                BIGINT       NOT NULL PRIMARY KEY,
  operator_id       BIGINT       NOT NULL,
  station_id        BIGINT       NOT NULL,
  kind              VARCHAR(10)  NOT NULL, -- station, v2g, combined
  source            VARCHAR(10)  NOT NULL, -- signed, seen
  state             VARCHAR(10)  NOT NULL, -- issued, current, replaced, rejected, revoked
  subject           VARCHAR(500) NOT NULL,
  serial_number     VARCHAR(40)  NOT NULL, -- hex
  fingerprint       CHAR(64)     NOT NULL, -- SHA-256 of the DER, hex
  certificate       TEXT         NOT NULL, -- PEM
  not_before        DATETIME(3)  NOT NULL,
  not_after         DATETIME(3)  NOT NULL,
  renewal_tried_at  DATETIME(3)  NULL,
  renewal_note      VARCHAR(200) NOT NULL,
  revoked_at        DATETIME(3)  NULL,
  revocation_reason VARCHAR(200) NULL,
  created_at        DATETIME(3)  NOT NULL,
  UNIQUE KEY station_certificate_one (station_id, fingerprint),
  KEY station_certificate_expiry (state, not_after),
  KEY station_certificate_operator (operator_id, state, not_after)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CA certificates and chains that a station holds, as it reported them: the hashes are what deletes them.
CREATE TABLE installed_certificate (
  id               BIGINT       NOT NULL PRIMARY KEY,
  operator_id      BIGINT       NOT NULL,
  station_id       BIGINT       NOT NULL,
  kind             VARCHAR(12)  NOT NULL, -- central, manufacturer, v2g, mo, v2g_chain
  parent_id        BIGINT       NULL,     -- of a chain's further certificates: its first
  hash_algorithm   VARCHAR(6)   NOT NULL, -- SHA256, SHA384, SHA512, as the station uses it
  issuer_name_hash VARCHAR(128) NOT NULL,
  issuer_key_hash  VARCHAR(128) NOT NULL,
  serial_number    VARCHAR(40)  NOT NULL,
  reported_at      DATETIME(3)  NOT NULL,
  KEY installed_certificate_station (station_id, kind)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- InstallCertificate and DeleteCertificate, and what the station answered.
CREATE TABLE certificate_change (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  station_id  BIGINT       NOT NULL,
  action      VARCHAR(10)  NOT NULL, -- install, delete
  kind        VARCHAR(12)  NOT NULL,
  subject     VARCHAR(500) NOT NULL, -- of the certificate; its hash and serial number when deleted
  actor       VARCHAR(220) NOT NULL,
  outcome     VARCHAR(300) NOT NULL, -- the station's word, or why there is none
  done_at     DATETIME(3)  NOT NULL,
  KEY certificate_change_station (station_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
