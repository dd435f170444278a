-- Security of the connections: profiles that are on their way up, passwords that are not accepted yet,
-- and what the last TLS connection of a station was like.

ALTER TABLE station
  ADD COLUMN target_profile TINYINT        NULL, -- accepted by the station; pinned when it comes in under it
  ADD COLUMN pending_state  VARCHAR(10)    NULL, -- of pending_hash (up to two of 32 bytes): open, reboot, waiting
  ADD COLUMN pending_secret VARBINARY(255) NULL; -- sealed password that waits for the station to connect

CREATE TABLE station_link (
  station_id     BIGINT       NOT NULL PRIMARY KEY, -- goes with its station
  operator_id    BIGINT       NOT NULL,
  profile        TINYINT      NOT NULL, -- under which it came in
  tls_version    VARCHAR(20)  NOT NULL,
  cipher_suite   VARCHAR(60)  NOT NULL,
  cert_subject   VARCHAR(500) NULL,     -- of the client certificate; null: none was shown
  cert_issuer    VARCHAR(500) NULL,
  cert_serial    VARCHAR(64)  NULL,     -- hexadecimal
  cert_not_after DATETIME(3)  NULL,
  at             DATETIME(3)  NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
