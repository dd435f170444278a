-- What partners were told of our places and prices: so that last_updated is the same after a restart, and what is
-- gone can still be told to be gone.

CREATE TABLE ocpi_location (
  site_id      BIGINT        NOT NULL PRIMARY KEY,
  operator_id  BIGINT        NOT NULL,
  body         TEXT          NOT NULL, -- the location without its EVSEs, JSON
  shown        BOOLEAN       NOT NULL, -- partners may use it
  ever_shown   BOOLEAN       NOT NULL, -- partners know it
  last_updated DATETIME(3)   NOT NULL, -- never goes back; at least that of each EVSE
  KEY ocpi_location_operator (operator_id, site_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- An EVSE at a site; one that moved or was deleted stays as REMOVED.
CREATE TABLE ocpi_evse (
  site_id      BIGINT        NOT NULL,
  evse_id      BIGINT        NOT NULL,
  operator_id  BIGINT        NOT NULL,
  status       VARCHAR(12)   NOT NULL, -- OCPI Status
  body         TEXT          NOT NULL, -- the rest, with its connectors and their last_updated, JSON
  last_updated DATETIME(3)   NOT NULL,
  PRIMARY KEY (site_id, evse_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A version of a tariff as an operator's partners see it.
CREATE TABLE ocpi_tariff (
  operator_id  BIGINT        NOT NULL,
  tariff_id    BIGINT        NOT NULL,
  version      INT           NOT NULL,
  fingerprint  BINARY(32)    NOT NULL, -- of what it says
  seen_by      TEXT          NOT NULL, -- partner ids, comma separated; 0: all without a price of their own
  last_updated DATETIME(3)   NOT NULL,
  PRIMARY KEY (operator_id, tariff_id, version)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
