-- Smart charging: profiles of stations, limits from outside, what EVs need. Energy management comes later.

-- Every profile that was sent to a station or reported by it. Ended ones are kept for 400 days.
CREATE TABLE charging_profile (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  station_id     BIGINT       NOT NULL,
  evse_no        INT          NOT NULL, -- 0: the whole station; 1.6: the connector
  profile_id     INT          NOT NULL,
  stack_level    INT          NOT NULL,
  purpose        VARCHAR(12)  NOT NULL, -- station_max, tx_default, tx, external
  valid_from     DATETIME(3)  NULL,
  valid_to       DATETIME(3)  NULL,
  transaction_id VARCHAR(36)  NULL,
  source         VARCHAR(8)   NOT NULL, -- CSO: set by us; EMS, SO, Other
  state          VARCHAR(10)  NOT NULL, -- requested, accepted, rejected, unknown, replaced, cleared, missing
  reason         VARCHAR(300) NULL,     -- in the words of the station
  profile        MEDIUMTEXT   NOT NULL, -- JSON as sent or as reported
  query_id       BIGINT       NOT NULL, -- the last report that held it; 0: none
  created_at     DATETIME(3)  NOT NULL,
  changed_at     DATETIME(3)  NOT NULL,
  KEY charging_profile_station (station_id, state),
  KEY charging_profile_changed (changed_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- GetChargingProfiles and how far its report got. Kept for 400 days.
CREATE TABLE profile_query (
  id          BIGINT      NOT NULL PRIMARY KEY,
  operator_id BIGINT      NOT NULL,
  station_id  BIGINT      NOT NULL,
  request_id  INT         NOT NULL,
  criteria    MEDIUMTEXT  NOT NULL, -- JSON of the request
  state       VARCHAR(10) NOT NULL, -- asked, receiving, complete, none, failed
  profiles    INT         NOT NULL, -- reported so far
  created_at  DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NULL,
  KEY profile_query_request (station_id, request_id, id),
  KEY profile_query_created (created_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The last answer to GetCompositeSchedule: one row an EVSE.
CREATE TABLE composite_schedule (
  station_id   BIGINT       NOT NULL,
  evse_no      INT          NOT NULL,
  operator_id  BIGINT       NOT NULL,
  asked_at     DATETIME(3)  NOT NULL,
  accepted     BOOLEAN      NOT NULL,
  reason       VARCHAR(300) NULL,
  starts_at    DATETIME(3)  NULL,
  duration_s   INT          NULL,
  rate_unit    VARCHAR(1)   NULL, -- A, W
  periods      MEDIUMTEXT   NULL, -- JSON list of startPeriod, limit, numberPhases
  PRIMARY KEY (station_id, evse_no)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Limits that others have set at a station (NotifyChargingLimit). Cleared ones are kept for 400 days.
CREATE TABLE charging_limit (
  id            BIGINT      NOT NULL PRIMARY KEY,
  operator_id   BIGINT      NOT NULL,
  station_id    BIGINT      NOT NULL,
  evse_no       INT         NOT NULL, -- 0: the whole station
  source        VARCHAR(8)  NOT NULL, -- EMS, SO, CSO, Other
  grid_critical BOOLEAN     NULL,
  schedules     MEDIUMTEXT  NOT NULL, -- JSON list as sent
  lowest_a      DECIMAL(20,3) NULL,   -- the lowest limit in it, amperes a phase
  lowest_w      DECIMAL(20,3) NULL,   -- watts
  received_at   DATETIME(3) NOT NULL,
  cleared_at    DATETIME(3) NULL,
  KEY charging_limit_station (station_id, cleared_at),
  KEY charging_limit_cleared (cleared_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What EVs asked for (NotifyEVChargingNeeds) and what they were answered. Kept for 400 days.
CREATE TABLE ev_charging_needs (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  station_id     BIGINT       NOT NULL,
  evse_no        INT          NOT NULL,
  transaction_id VARCHAR(36)  NULL,
  max_tuples     INT          NULL,
  needs          MEDIUMTEXT   NOT NULL, -- JSON as sent
  status         VARCHAR(10)  NOT NULL, -- Accepted, Processing, Rejected
  reason         VARCHAR(300) NULL,     -- why it was rejected, or no schedule followed
  profile_id     INT          NULL,     -- of the profile that followed
  received_at    DATETIME(3)  NOT NULL,
  KEY ev_charging_needs_station (station_id, evse_no, id),
  KEY ev_charging_needs_received (received_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What EVs are going to do (NotifyEVChargingSchedule). Kept for 400 days.
CREATE TABLE ev_charging_schedule (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  station_id     BIGINT       NOT NULL,
  evse_no        INT          NOT NULL,
  time_base      DATETIME(3)  NOT NULL,
  schedule       MEDIUMTEXT   NOT NULL, -- JSON as sent
  accepted       BOOLEAN      NOT NULL,
  reason         VARCHAR(300) NULL,
  received_at    DATETIME(3)  NOT NULL,
  KEY ev_charging_schedule_station (station_id, id),
  KEY ev_charging_schedule_received (received_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
