-- Which EVSEs a token may use by their current, groups of tokens, local lists, reservations. Times are UTC.

ALTER TABLE id_token ADD COLUMN evse_type VARCHAR(2) NULL; -- AC or DC: only EVSEs of that current; NULL = any

-- What is known of a group besides its members. A group without a row is a plain one.
CREATE TABLE token_group (
  operator_id BIGINT      NOT NULL,
  group_key   VARCHAR(36) NOT NULL, -- lower case: tokens compare without case
  group_token VARCHAR(36) NOT NULL,
  master_pass BOOLEAN     NOT NULL, -- its tokens stop sessions and start none (C16)
  PRIMARY KEY (operator_id, group_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which tokens belong in the local lists of stations; the nearest row holds: station, site, operator.
CREATE TABLE local_list_policy (
  operator_id BIGINT       NOT NULL,
  site_id     BIGINT       NOT NULL, -- 0: of the operator or of a station
  station_id  BIGINT       NOT NULL, -- 0: of the operator or of a site
  mode        VARCHAR(10)  NOT NULL, -- unmanaged, empty, all, chosen
  group_list  TEXT         NULL,     -- JSON list of group tokens, when chosen
  token_list  TEXT         NULL,     -- JSON list of uids, when chosen
  changed_at  DATETIME(3)  NOT NULL,
  PRIMARY KEY (operator_id, site_id, station_id),
  KEY local_list_policy_station (station_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a station holds as far as it told us. One row a station; goes with the station.
CREATE TABLE local_list (
  station_id   BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  state        VARCHAR(12)  NOT NULL, -- stale, current, unsupported, failed
  version      INT          NULL,     -- of the content that the station accepted; NULL = not known
  reported     INT          NULL,     -- what GetLocalListVersion said last
  entries      INT          NOT NULL, -- accepted by the station
  wanted       INT          NOT NULL, -- entries that belong there; more than entries: it holds no more
  content      MEDIUMTEXT   NULL,     -- JSON list of the accepted entries; NULL = not known
  last_error   VARCHAR(300) NULL,
  attempts     INT          NOT NULL, -- failures in a row
  retry_at     DATETIME(3)  NULL,
  checked_at   DATETIME(3)  NULL,     -- when the station's version was asked for last
  sent_at      DATETIME(3)  NULL,     -- when it accepted a list last
  KEY local_list_state (operator_id, state)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Reservations and what became of them. Kept like sessions.
CREATE TABLE reservation (
  id             BIGINT       NOT NULL PRIMARY KEY,
  operator_id    BIGINT       NOT NULL,
  station_id     BIGINT       NOT NULL,
  reservation_no INT          NOT NULL, -- the protocol's id; used again it replaces
  evse_no        INT          NOT NULL, -- 0: any
  connector_type VARCHAR(30)  NULL,     -- 2.0.1 ConnectorEnumType
  token_uid      VARCHAR(36)  NOT NULL,
  token_type     VARCHAR(20)  NOT NULL,
  group_token    VARCHAR(36)  NULL,
  until_at       DATETIME(3)  NOT NULL,
  state          VARCHAR(10)  NOT NULL, -- requested, accepted, refused, used, expired, cancelled, removed, replaced
  reason         VARCHAR(100) NULL,
  transaction_id VARCHAR(36)  NULL,     -- that used it
  created_by     VARCHAR(220) NOT NULL,
  created_at     DATETIME(3)  NOT NULL,
  ended_at       DATETIME(3)  NULL,
  KEY reservation_station (station_id, id),
  KEY reservation_operator (operator_id, id),
  KEY reservation_open (state, until_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
