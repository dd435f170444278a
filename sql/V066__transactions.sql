-- What OCPP 2.0.1 says of each event of a transaction, what people decide about doubtful sessions.

ALTER TABLE session_fact
  ADD COLUMN seq_no INT          NULL, -- of a TransactionEvent: holes in the row of numbers are lost or late events
  ADD COLUMN event  VARCHAR(120) NULL; -- its words: type, triggerReason, chargingState, offline ...

ALTER TABLE charging_session
  ADD COLUMN priced_from DATETIME(3) NULL; -- when a token was accepted later than the start; NULL: priced from its start

-- A person's word on a session in review; one a session, kept for ever.
CREATE TABLE session_resolution (
  session_id      BIGINT       NOT NULL PRIMARY KEY,
  operator_id     BIGINT       NOT NULL,
  decision        VARCHAR(20)  NOT NULL, -- measured, corrected, waived
  meter_start_mwh BIGINT       NULL,     -- as corrected
  meter_stop_mwh  BIGINT       NULL,
  snapshot_id     BIGINT       NULL,     -- the tariff that was frozen before
  actor           VARCHAR(220) NOT NULL,
  note            VARCHAR(300) NOT NULL,
  resolved_at     DATETIME(3)  NOT NULL,
  KEY session_resolution_operator (operator_id, session_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE quarantine
  ADD COLUMN resolved_by VARCHAR(220) NULL,
  ADD COLUMN resolution  VARCHAR(300) NULL;

-- Stations that show their drivers what a session costs: they are answered and told running costs.
CREATE TABLE cost_display (
  station_id  BIGINT      NOT NULL PRIMARY KEY,
  operator_id BIGINT      NOT NULL,
  since       DATETIME(3) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
