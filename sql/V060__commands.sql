-- Commands: why the system sent one, what it was called on the wire, when it really went out.
-- Kept for ocpp.commands_retention_days; queued ones until they end.
ALTER TABLE station_command
  ADD COLUMN reason     VARCHAR(200) NULL,
  ADD COLUMN protocol   VARCHAR(5)   NULL, -- 1.6, 2.0.1
  ADD COLUMN message_id VARCHAR(36)  NULL,
  ADD COLUMN sent_at    DATETIME(3)  NULL;

-- States: queued, sent, answered, error, invalid, timed_out, late, expired, cancelled, unknown,
-- not_sent.
UPDATE station_command SET state = 'timed_out' WHERE state = 'timeout';
UPDATE station_command SET state = 'not_sent' WHERE state = 'offline';
