-- Tariffs, their immutable versions, where they hold, and the snapshots frozen into sessions.

CREATE TABLE tariff (
  id              BIGINT       NOT NULL PRIMARY KEY,
  operator_id     BIGINT       NOT NULL,
  name            VARCHAR(100) NOT NULL,
  currency        CHAR(3)      NOT NULL,
  current_version INT          NOT NULL, -- the newest one, in force or not
  changes         INT          NOT NULL, -- counted up with every version and decision
  created_at      DATETIME(3)  NOT NULL,
  KEY tariff_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rows are added, never changed. Holds for sessions whose start the server receives at or after
-- created_at (when it must be approved: after the approval) and that began at or after valid_from.
CREATE TABLE tariff_version (
  tariff_id      BIGINT       NOT NULL,
  version        INT          NOT NULL, -- from 1
  operator_id    BIGINT       NOT NULL,
  body           MEDIUMTEXT   NOT NULL, -- canonical JSON of an OCPI tariff
  author         VARCHAR(220) NOT NULL, -- as the audit log names who made it
  person         VARCHAR(220) NOT NULL, -- whose act that is: a key acts for its owner
  created_at     DATETIME(3)  NOT NULL,
  valid_from     DATETIME(3)  NULL,     -- NULL: at once, whenever the session began
  needs_approval BOOLEAN      NOT NULL, -- a row of catalog_decision says how that ended
  PRIMARY KEY (tariff_id, version)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Holds for sessions whose start the server receives at or after created_at and that began at or
-- after valid_from and before valid_to. Rows are added, never changed.
CREATE TABLE tariff_assignment (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  tariff_id      BIGINT       NOT NULL,
  level          VARCHAR(10)  NOT NULL, -- driver, partner, group, station, site, operator, platform
  target_id      BIGINT       NOT NULL, -- id of what the level names; 0 for the platform
  priority       INT          NOT NULL, -- the highest wins, before the level
  valid_from     DATETIME(3)  NOT NULL,
  valid_to       DATETIME(3)  NULL,     -- exclusive
  created_at     DATETIME(3)  NOT NULL,
  created_by     VARCHAR(220) NOT NULL,
  person         VARCHAR(220) NOT NULL,
  needs_approval BOOLEAN      NOT NULL,
  KEY tariff_assignment_tariff (operator_id, tariff_id),
  KEY tariff_assignment_target (level, target_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- An assignment that ends: it no longer holds for sessions that begin at or after ends_at and whose
-- start the server receives at or after created_at. Rows are added, never changed.
CREATE TABLE tariff_assignment_end (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  assignment_id  BIGINT       NOT NULL,
  ends_at        DATETIME(3)  NOT NULL,
  created_at     DATETIME(3)  NOT NULL,
  created_by     VARCHAR(220) NOT NULL,
  person         VARCHAR(220) NOT NULL,
  needs_approval BOOLEAN      NOT NULL,
  KEY tariff_assignment_end_of (assignment_id)
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

-- Counted up by every change above: other nodes see by it that their picture is old.
CREATE TABLE tariff_revision (
  id       TINYINT NOT NULL PRIMARY KEY, -- 1: any change, 2: of assignments and their ends
  revision BIGINT  NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
