-- Charging sessions and the facts that stations reported. Energy is in thousandths of a watt-hour (mwh).

CREATE TABLE charging_session (
  id               BIGINT       NOT NULL PRIMARY KEY,
  session_key      BINARY(16)   NOT NULL, -- 1.6: station, connector, time, token, register; 2.0.1: station, transactionId
  operator_id      BIGINT       NOT NULL,
  site_id          BIGINT       NOT NULL,
  station_id       BIGINT       NOT NULL,
  evse_no          INT          NOT NULL,
  connector_no     INT          NOT NULL,
  protocol         VARCHAR(10)  NOT NULL,
  transaction_id   VARCHAR(36)  NOT NULL,
  token_uid        VARCHAR(36)  NULL,
  token_type       VARCHAR(20)  NULL,
  token_id         BIGINT       NULL,
  driver_id        BIGINT       NULL,
  hold_id          BIGINT       NULL, -- what its start reserved
  started_at       DATETIME(3)  NOT NULL, -- by the station's clock
  start_received   DATETIME(3)  NOT NULL,
  stopped_at       DATETIME(3)  NULL,
  stop_received    DATETIME(3)  NULL,
  stop_reason      VARCHAR(30)  NULL,
  meter_start_mwh  BIGINT       NULL,
  meter_stop_mwh   BIGINT       NULL,
  energy_mwh       BIGINT       NULL,
  state            VARCHAR(10)  NOT NULL, -- active, finished, review, orphan, rejected
  review_reason    VARCHAR(500) NULL,
  snapshot_id      BIGINT       NULL, -- the tariff frozen at the start
  price_facts      MEDIUMTEXT   NULL, -- compact segments, written at the end; re-priced bit by bit
  currency         CHAR(3)      NULL,
  total_minor      BIGINT       NULL,
  settlement_state VARCHAR(10)  NOT NULL, -- none, pending, settled, partial, debt, manual, refunded
  UNIQUE KEY charging_session_key (session_key),
  KEY charging_session_transaction (station_id, transaction_id),
  KEY charging_session_state (state, station_id),
  KEY charging_session_operator (operator_id, id),
  KEY charging_session_driver (driver_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One row a reported fact, for ever: how a repeat is recognised, and what it was answered.
CREATE TABLE session_fact (
  station_id BIGINT       NOT NULL,
  fact_ms    BIGINT       NOT NULL, -- the fact's own time, epoch milliseconds: neighbours lie together
  fact_key   BINARY(16)   NOT NULL,
  session_id BIGINT       NOT NULL, -- 0: none
  kind       VARCHAR(10)  NOT NULL, -- start, readings, stop, event, status
  answer     VARCHAR(500) NULL,     -- JSON; NULL where the answer holds nothing
  PRIMARY KEY (station_id, fact_ms, fact_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE meter_reading (
  session_id    BIGINT      NOT NULL, -- 0: outside a session
  id            BIGINT      NOT NULL,
  received_at   DATETIME(3) NOT NULL,
  station_id    BIGINT      NOT NULL,
  evse_no       INT         NOT NULL,
  read_at       DATETIME(3) NOT NULL,
  context       VARCHAR(30) NULL,
  register_mwh  BIGINT      NULL, -- Energy.Active.Import.Register
  power_mw      BIGINT      NULL, -- milliwatts, summed over phases
  current_ma    BIGINT      NULL,
  voltage_mv    BIGINT      NULL,
  soc_milli     INT         NULL, -- thousandths of a percent
  extra         MEDIUMTEXT  NULL, -- everything else the station sent, JSON, values byte for byte
  PRIMARY KEY (session_id, id, received_at),
  KEY meter_reading_station (station_id, received_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE COLUMNS (received_at) (PARTITION p_max VALUES LESS THAN (MAXVALUE));

-- When the EV of a running session stopped or began to ask for power. Ids are of one sequence with
-- those of meter_reading: together they are the order in which a session was heard of.
CREATE TABLE session_phase (
  session_id BIGINT      NOT NULL,
  id         BIGINT      NOT NULL,
  from_at    DATETIME(3) NOT NULL,
  phase      VARCHAR(10) NOT NULL, -- CHARGING, PARKING
  PRIMARY KEY (session_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Frames whose decision could not be committed: kept as they came, for a person.
CREATE TABLE quarantine (
  id          BIGINT       NOT NULL PRIMARY KEY,
  station_id  BIGINT       NOT NULL,
  received_at DATETIME(3)  NOT NULL,
  protocol    VARCHAR(10)  NOT NULL,
  frame       MEDIUMBLOB   NOT NULL,
  reason      VARCHAR(1000) NOT NULL,
  resolved_at DATETIME(3)  NULL,
  KEY quarantine_open (resolved_at, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Best effort, bounded; never holds a password or key.
CREATE TABLE message_log (
  id          BIGINT      NOT NULL,
  logged_at   DATETIME(3) NOT NULL,
  station_id  BIGINT      NOT NULL,
  direction   VARCHAR(3)  NOT NULL, -- in, out
  action      VARCHAR(50) NULL,
  message_id  VARCHAR(50) NULL,
  error_code  VARCHAR(50) NULL,
  frame       MEDIUMBLOB  NOT NULL,
  PRIMARY KEY (id, logged_at),
  KEY message_log_station (station_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE COLUMNS (logged_at) (PARTITION p_max VALUES LESS THAN (MAXVALUE));
