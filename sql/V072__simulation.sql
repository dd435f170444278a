-- Past sessions priced with another tariff: the runs, and what they add up to. No row a session is
-- kept: a run that goes on reads the sessions behind its cursor.

CREATE TABLE price_simulation (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  tariff_id   BIGINT       NULL,     -- the stored tariff that it is about
  version     INT          NULL,     -- of that tariff; NULL: a draft
  name        VARCHAR(100) NOT NULL,
  currency    CHAR(3)      NOT NULL,
  body        MEDIUMTEXT   NOT NULL, -- canonical JSON of the tariff, its calendar inside
  basis       VARCHAR(10)  NOT NULL, -- what is compared with: list, billed
  from_at     DATETIME(3)  NOT NULL, -- sessions that began then or later
  to_at       DATETIME(3)  NOT NULL, -- and before this
  places      TEXT         NOT NULL, -- JSON: sites, stations, whether only sessions of the tariff
  state       VARCHAR(10)  NOT NULL, -- queued, running, done, cancelled, failed
  reason      VARCHAR(300) NULL,     -- why it failed
  last_id     BIGINT       NOT NULL, -- sessions above are newer than the run
  cursor_id   BIGINT       NOT NULL, -- the last session that the sums hold
  total       BIGINT       NULL,     -- sessions to look at; NULL: not counted yet
  done        BIGINT       NOT NULL,
  tally       MEDIUMTEXT   NOT NULL, -- JSON: why sessions were left out, the greatest rises
  author      VARCHAR(220) NOT NULL,
  created_at  DATETIME(3)  NOT NULL,
  started_at  DATETIME(3)  NULL,
  ended_at    DATETIME(3)  NULL,
  KEY price_simulation_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Sums of a run, written in the transaction that moves its cursor.
CREATE TABLE price_simulation_sum (
  simulation_id     BIGINT NOT NULL,
  site_id           BIGINT NOT NULL,
  hour_no           INT    NOT NULL, -- of the site's local day, 0 to 23
  operator_id       BIGINT NOT NULL,
  sessions          BIGINT NOT NULL, -- that began in this hour
  dearer            BIGINT NOT NULL,
  cheaper           BIGINT NOT NULL,
  energy_mwh        BIGINT NOT NULL, -- of the sessions that began in this hour
  before_excl_minor BIGINT NOT NULL, -- what fell into this hour, whenever its session began
  before_incl_minor BIGINT NOT NULL,
  after_excl_minor  BIGINT NOT NULL,
  after_incl_minor  BIGINT NOT NULL,
  PRIMARY KEY (simulation_id, site_id, hour_no)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
