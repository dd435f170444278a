-- What every room stands on: blocks of ids, and the work that follows from facts. Times are UTC.

CREATE TABLE id_sequence (
  name       VARCHAR(40) NOT NULL PRIMARY KEY,
  next_value BIGINT      NOT NULL -- the first id that no block has taken
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A job is deleted by the transaction that does it. One index serves the claim: what is ready is due
-- at its time, what is leased is due when the lease ends, what is parked is never due. Further ones
-- would cost every job, for look-ups in a table that is nearly empty.
CREATE TABLE job (
  id         BIGINT        NOT NULL PRIMARY KEY,
  kind       VARCHAR(40)   NOT NULL,
  ref        BIGINT        NOT NULL, -- id of what it is about
  payload    MEDIUMTEXT    NOT NULL,
  state      VARCHAR(10)   NOT NULL, -- ready, leased, parked
  due_at     DATETIME(3)   NULL,     -- NULL when parked
  attempts   INT           NOT NULL,
  leased_by  VARCHAR(60)   NULL,
  last_error VARCHAR(1000) NULL,
  created_at DATETIME(3)   NOT NULL,
  KEY job_due (kind, due_at, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
