-- Provisioning, the device model of 2.0.1 and the configuration of 1.6, events and monitors. Times are UTC.

-- What an operator wants with stations that boot for the first time.
CREATE TABLE operator_provisioning (
  operator_id  BIGINT      NOT NULL PRIMARY KEY,
  new_stations VARCHAR(10) NOT NULL -- accepted, pending, rejected
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a person decided about one station. One row a station at most; goes with it.
CREATE TABLE station_admission (
  station_id      BIGINT       NOT NULL PRIMARY KEY,
  operator_id     BIGINT       NOT NULL,
  decision        VARCHAR(10)  NULL, -- accepted, pending, rejected; NULL: as for every new station
  expected_serial VARCHAR(50)  NULL, -- another one in BootNotification holds the station Pending
  decided_at      DATETIME(3)  NOT NULL,
  decided_by      VARCHAR(220) NOT NULL,
  KEY station_admission_operator (operator_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Identities that knocked at the gateway and belong to nobody. At most 5,000 rows; the longest silent goes first.
CREATE TABLE unknown_station (
  identity    VARCHAR(48)  NOT NULL PRIMARY KEY,
  remote      VARCHAR(64)  NOT NULL,
  offered     VARCHAR(100) NOT NULL, -- subprotocols of the last knock
  credentials BOOLEAN      NOT NULL, -- whether it showed a password; never which
  first_seen  DATETIME(3)  NOT NULL,
  last_seen   DATETIME(3)  NOT NULL,
  seen        INT          NOT NULL,
  KEY unknown_station_last (last_seen)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What is known of a station's model as a whole. One row a station.
CREATE TABLE device_state (
  station_id       BIGINT      NOT NULL PRIMARY KEY,
  operator_id      BIGINT      NOT NULL,
  model_firmware   VARCHAR(50) NULL, -- firmware of the last complete reading
  model_at         DATETIME(3) NULL, -- when that was complete
  asked_firmware   VARCHAR(50) NULL, -- for this one we have asked by ourselves
  asked_times      INT         NOT NULL,
  monitoring_base  VARCHAR(20) NULL, -- as last accepted by the station
  monitoring_level INT         NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A reading: a report in parts (2.0.1) or an answer to GetConfiguration (1.6). The newest 50 a station are kept.
CREATE TABLE device_report (
  id           BIGINT        NOT NULL PRIMARY KEY,
  operator_id  BIGINT        NOT NULL,
  station_id   BIGINT        NOT NULL,
  kind         VARCHAR(15)   NOT NULL, -- variables, monitors
  request_id   BIGINT        NOT NULL, -- 0: of GetConfiguration
  asked        VARCHAR(30)   NOT NULL, -- FullInventory, ..., GetReport, GetConfiguration; empty: unasked
  state        VARCHAR(10)   NOT NULL, -- asked, receiving, complete, refused
  answer       VARCHAR(20)   NULL,     -- the station's word to the request
  parts        INT           NOT NULL,
  last_seq     INT           NULL,     -- of the part that said it is the last
  received     VARBINARY(512) NOT NULL, -- a bit for each seqNo below 4096
  items        INT           NOT NULL,
  started_at   DATETIME(3)   NOT NULL,
  completed_at DATETIME(3)   NULL,
  KEY device_report_station (station_id, id),
  KEY device_report_request (station_id, kind, request_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The present value of each attribute. 1.6: component is empty, the key is the variable. At most 20,000 rows a
-- station; what a complete inventory does not name any more keeps its row with removed_at.
CREATE TABLE device_variable (
  id                  BIGINT        NOT NULL PRIMARY KEY,
  operator_id         BIGINT        NOT NULL,
  station_id          BIGINT        NOT NULL,
  component           VARCHAR(50)   NOT NULL,
  component_instance  VARCHAR(50)   NOT NULL,
  evse_no             INT           NOT NULL, -- 0: none
  connector_no        INT           NOT NULL, -- 0: none
  variable            VARCHAR(50)   NOT NULL,
  variable_instance   VARCHAR(50)   NOT NULL,
  attribute           VARCHAR(10)   NOT NULL, -- Actual, Target, MinSet, MaxSet
  value               VARCHAR(2500) NULL,     -- passwords and keys as ***
  pending_value       VARCHAR(2500) NULL,     -- accepted by the station, valid after its next boot
  mutability          VARCHAR(10)   NULL,
  is_persistent       BOOLEAN       NULL,
  is_constant         BOOLEAN       NULL,
  data_type           VARCHAR(15)   NULL,
  unit                VARCHAR(16)   NULL,
  min_limit           VARCHAR(40)   NULL,
  max_limit           VARCHAR(40)   NULL,
  values_list         VARCHAR(1000) NULL,
  supports_monitoring BOOLEAN       NULL,
  source              VARCHAR(20)   NOT NULL, -- report, get, set
  report_id           BIGINT        NOT NULL, -- the last reading that named it; 0: none
  first_at            DATETIME(3)   NOT NULL,
  changed_at          DATETIME(3)   NOT NULL,
  confirmed_at        DATETIME(3)   NOT NULL,
  removed_at          DATETIME(3)   NULL,
  UNIQUE KEY device_variable_place (station_id, component, component_instance, evse_no, connector_no, variable,
    variable_instance, attribute)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every change after the first value. The newest 20,000 a station are kept, none longer than two years.
CREATE TABLE device_change (
  id          BIGINT        NOT NULL PRIMARY KEY,
  operator_id BIGINT        NOT NULL,
  station_id  BIGINT        NOT NULL,
  variable_id BIGINT        NOT NULL,
  changed_at  DATETIME(3)   NOT NULL,
  before_value VARCHAR(2500) NULL,
  after_value  VARCHAR(2500) NULL,
  present     BOOLEAN       NOT NULL, -- false: the variable was removed
  was_present BOOLEAN       NOT NULL,
  source      VARCHAR(20)   NOT NULL, -- report, get, set
  KEY device_change_station (station_id, id),
  KEY device_change_variable (variable_id, id),
  KEY device_change_at (changed_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Events as stations told them. The newest 10,000 a station are kept, none longer than 400 days.
CREATE TABLE device_event (
  id                 BIGINT        NOT NULL PRIMARY KEY,
  operator_id        BIGINT        NOT NULL,
  station_id         BIGINT        NOT NULL,
  received_at        DATETIME(3)   NOT NULL,
  event_at           DATETIME(3)   NOT NULL, -- by the station's clock
  event_id           INT           NOT NULL,
  trigger_kind       VARCHAR(10)   NOT NULL, -- Alerting, Delta, Periodic
  cause              INT           NULL,     -- event_id of the event that caused it
  actual_value       VARCHAR(2500) NOT NULL,
  tech_code          VARCHAR(50)   NULL,
  tech_info          VARCHAR(500)  NULL,
  cleared            BOOLEAN       NULL,
  transaction_id     VARCHAR(36)   NULL,
  monitor_id         INT           NULL,
  notification       VARCHAR(25)   NOT NULL,
  component          VARCHAR(50)   NOT NULL,
  component_instance VARCHAR(50)   NOT NULL,
  evse_no            INT           NOT NULL,
  connector_no       INT           NOT NULL,
  variable           VARCHAR(50)   NOT NULL,
  variable_instance  VARCHAR(50)   NOT NULL,
  UNIQUE KEY device_event_once (station_id, event_at, event_id, component, variable),
  KEY device_event_station (station_id, id),
  KEY device_event_received (received_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Monitors as the station reported them or accepted them. At most 5,000 rows a station.
CREATE TABLE device_monitor (
  id                 BIGINT      NOT NULL PRIMARY KEY,
  operator_id        BIGINT      NOT NULL,
  station_id         BIGINT      NOT NULL,
  monitor_id         INT         NOT NULL,
  component          VARCHAR(50) NOT NULL,
  component_instance VARCHAR(50) NOT NULL,
  evse_no            INT         NOT NULL,
  connector_no       INT         NOT NULL,
  variable           VARCHAR(50) NOT NULL,
  variable_instance  VARCHAR(50) NOT NULL,
  type               VARCHAR(25) NOT NULL,
  value              VARCHAR(100) NOT NULL,
  severity           INT         NOT NULL,
  in_transaction     BOOLEAN     NOT NULL, -- active during transactions only
  report_id          BIGINT      NOT NULL,
  updated_at         DATETIME(3) NOT NULL,
  UNIQUE KEY device_monitor_id (station_id, monitor_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
