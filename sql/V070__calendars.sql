-- Time-of-use calendars that tariffs share, and the approval of prices by a second person.

CREATE TABLE calendar (
  id              BIGINT       NOT NULL PRIMARY KEY,
  operator_id     BIGINT       NOT NULL, -- 0: of the platform, for the tariffs of all operators
  name            VARCHAR(100) NOT NULL,
  current_version INT          NOT NULL, -- the newest one, in force or not
  changes         INT          NOT NULL, -- counted up with every version and decision
  created_at      DATETIME(3)  NOT NULL,
  KEY calendar_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rows are added, never changed. In force as a tariff_version is.
CREATE TABLE calendar_version (
  calendar_id    BIGINT       NOT NULL,
  version        INT          NOT NULL, -- from 1
  operator_id    BIGINT       NOT NULL,
  body           MEDIUMTEXT   NOT NULL, -- canonical JSON of a calendar
  author         VARCHAR(220) NOT NULL,
  person         VARCHAR(220) NOT NULL,
  created_at     DATETIME(3)  NOT NULL,
  valid_from     DATETIME(3)  NULL,     -- NULL: at once, whenever the session began
  needs_approval BOOLEAN      NOT NULL,
  PRIMARY KEY (calendar_id, version)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How the approval of something ended that needed one. Rows are added, never changed.
CREATE TABLE catalog_decision (
  kind        VARCHAR(10)  NOT NULL, -- tariff, calendar, assignment, ending
  subject_id  BIGINT       NOT NULL, -- id of the tariff, calendar, assignment or ending
  version     INT          NOT NULL, -- of a tariff or calendar; else 0
  operator_id BIGINT       NOT NULL,
  approved    BOOLEAN      NOT NULL,
  decided_by  VARCHAR(220) NOT NULL,
  decided_at  DATETIME(3)  NOT NULL,
  note        VARCHAR(500) NOT NULL,
  PRIMARY KEY (kind, subject_id, version),
  KEY catalog_decision_operator (operator_id, decided_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Whether new prices need a second person. No row: they do not.
CREATE TABLE catalog_setting (
  operator_id BIGINT       NOT NULL PRIMARY KEY, -- 0: the platform's own tariffs and calendars
  approval    BOOLEAN      NOT NULL,
  changed_by  VARCHAR(220) NOT NULL,
  changed_at  DATETIME(3)  NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The person whose key this is: what the key does is that person's act.
ALTER TABLE api_key ADD COLUMN owner_email VARCHAR(200) NULL;
