-- What stations show their drivers, and what drivers want of their sessions. Times are UTC.

-- A person's word on whether a station shows costs and prices; without a row its own device model tells.
ALTER TABLE cost_display
  ADD COLUMN shows     BOOLEAN NOT NULL DEFAULT TRUE,
  ADD COLUMN max_chars INT     NULL; -- of a text about prices; NULL: as many as OCPP takes

-- For the variables that tell what stations can show.
ALTER TABLE device_variable
  ADD KEY device_variable_name (component, changed_at);

-- "Stop at 50 yuan": at most one row a session, kept with it. What is NULL is no limit.
CREATE TABLE session_limit (
  session_id   BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  station_id   BIGINT       NOT NULL,
  currency     CHAR(3)      NULL,
  amount_minor BIGINT       NULL,
  energy_mwh   BIGINT       NULL,
  seconds      INT          NULL,
  soc_percent  INT          NULL,
  set_at       DATETIME(3)  NOT NULL,
  set_by       VARCHAR(220) NOT NULL,
  reached      VARCHAR(10)  NULL,     -- amount, energy, time, soc
  reached_at   DATETIME(3)  NULL,     -- when it was decided to stop
  stop_tries   INT          NOT NULL, -- how often the station was asked to stop
  stop_answer  VARCHAR(10)  NULL,     -- of the last time: accepted, refused, away
  stop_at      DATETIME(3)  NULL,     -- of that answer
  KEY session_limit_operator (operator_id, session_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
