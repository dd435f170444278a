-- Tariffs, their immutable versions, where they hold, and the snapshots frozen into sessions.

CREATE TABLE tariff (
  id              BIGINT       NOT NULL PRIMARY KEY,
  operator_id     BIGINT       NOT NULL,
  name            VARCHAR(100) NOT NULL,
  currency        CHAR(3)      NOT NULL,
  current_version INT          NOT NULL,
  created_at      DATETIME(3)  NOT NULL,
  KEY tariff_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rows are added, never changed.
CREATE TABLE tariff_version (
  tariff_id   BIGINT       NOT NULL,
  version     INT          NOT NULL, -- from 1
  operator_id BIGINT       NOT NULL,
  body        MEDIUMTEXT   NOT NULL, -- canonical JSON of an OCPI tariff
  author      VARCHAR(100) NOT NULL,
  created_at  DATETIME(3)  NOT NULL,
  PRIMARY KEY (tariff_id, version)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Holds for sessions whose start the server receives at or after created_at and that began at or
-- after valid_from. Rows are added, never changed.
CREATE TABLE tariff_assignment (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  tariff_id   BIGINT       NOT NULL,
  level       VARCHAR(10)  NOT NULL, -- group, station, site, operator, platform
  target_id   BIGINT       NOT NULL, -- id of what the level names; 0 for the platform
  priority    INT          NOT NULL, -- the highest wins, before the level
  valid_from  DATETIME(3)  NOT NULL,
  created_at  DATETIME(3)  NOT NULL,
  created_by  VARCHAR(100) NOT NULL,
  KEY tariff_assignment_tariff (operator_id, tariff_id),
  KEY tariff_assignment_target (level, target_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Everything a price depends on besides the session. Equal ones are one row; shared by operators,
-- because the text holds nothing but prices and ids.
CREATE TABLE tariff_snapshot (
  id         BIGINT      NOT NULL PRIMARY KEY,
  hash       BINARY(32)  NOT NULL,
  body       MEDIUMTEXT  NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY tariff_snapshot_hash (hash)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One row, counted up by every change above: other nodes see by it that their picture is old.
CREATE TABLE tariff_revision (
  id       TINYINT NOT NULL PRIMARY KEY,
  revision BIGINT  NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
