-- What stations report of firmware, logs, security, displays, customers and vendors, and the files
-- that go to and fro. Identifiers compare byte by byte; times are UTC.

-- Files of stations and firmware images; the bytes are in the data folder under files/{id}.
CREATE TABLE station_file (
  id          BIGINT        NOT NULL PRIMARY KEY,
  operator_id BIGINT        NOT NULL,
  station_id  BIGINT        NULL,     -- who uploads; NULL: a firmware image of the operator
  kind        VARCHAR(10)   NOT NULL, -- log, firmware
  name        VARCHAR(255)  NOT NULL, -- as the uploader calls it; never part of a path
  state       VARCHAR(10)   NOT NULL, -- expected, stored, deleted
  size_bytes  BIGINT        NOT NULL,
  sha256      BINARY(32)    NULL,
  md5         CHAR(32)      NULL,     -- PublishFirmware wants it
  created_at  DATETIME(3)   NOT NULL,
  stored_at   DATETIME(3)   NULL,
  delete_at   DATETIME(3)   NULL,     -- logs go by themselves; NULL: kept until deleted
  KEY station_file_station (station_id, id),
  KEY station_file_end (state, delete_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE firmware_image (
  id                  BIGINT        NOT NULL PRIMARY KEY,
  operator_id         BIGINT        NOT NULL,
  file_id             BIGINT        NOT NULL,
  name                VARCHAR(100)  NOT NULL,
  vendor              VARCHAR(50)   NULL,     -- whose stations it is for; NULL: any
  model               VARCHAR(50)   NULL,
  version             VARCHAR(50)   NOT NULL, -- what the station reports once it runs
  signing_certificate VARCHAR(5500) NULL,     -- PEM
  signature           VARCHAR(800)  NULL,     -- Base64
  verdict             VARCHAR(20)   NOT NULL, -- unsigned, unchecked, verified, bad_signature, bad_certificate
  created_by          VARCHAR(220)  NOT NULL,
  created_at          DATETIME(3)   NOT NULL,
  deleted_at          DATETIME(3)   NULL,
  UNIQUE KEY firmware_image_file (file_id),
  KEY firmware_image_operator (operator_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A command whose work goes on after its answer: firmware, publication, log upload, display query.
CREATE TABLE station_operation (
  id             BIGINT        NOT NULL PRIMARY KEY,
  operator_id    BIGINT        NOT NULL,
  station_id     BIGINT        NOT NULL,
  kind           VARCHAR(12)   NOT NULL, -- firmware, publish, unpublish, log, display
  action         VARCHAR(30)   NOT NULL, -- UpdateFirmware, GetLog, ...
  request_id     INT           NULL,     -- NULL: the action has none (1.6)
  state          VARCHAR(12)   NOT NULL, -- sent, running, done, failed, canceled, rejected, unanswered, nothing
  status         VARCHAR(50)   NULL,     -- the station's last word
  location       VARCHAR(512)  NOT NULL, -- without user and password, our links without their token
  payload        MEDIUMTEXT    NOT NULL, -- the request, masked likewise
  detail         VARCHAR(512)  NOT NULL, -- the file's name, the published places
  file_id        BIGINT        NULL,     -- when the location is a link of ours
  firmware_id    BIGINT        NULL,
  target_version VARCHAR(50)   NULL,
  version_before VARCHAR(50)   NULL,
  version_after  VARCHAR(50)   NULL,     -- of the first boot after the update
  confirmed_at   DATETIME(3)   NULL,     -- when that boot came
  created_at     DATETIME(3)   NOT NULL,
  changed_at     DATETIME(3)   NOT NULL,
  KEY station_operation_station (station_id, kind, id),
  KEY station_operation_operator (operator_id, kind, id),
  KEY station_operation_file (file_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The timeline of an operation, and statuses that nobody asked for (operation_id NULL).
CREATE TABLE operation_event (
  id           BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  station_id   BIGINT       NOT NULL,
  operation_id BIGINT       NULL,
  kind         VARCHAR(12)  NOT NULL,
  request_id   INT          NULL,     -- as the station named it
  status       VARCHAR(50)  NOT NULL, -- of the station, or ours: sent, answered, file_received, booted
  detail       VARCHAR(512) NOT NULL,
  at           DATETIME(3)  NOT NULL,
  KEY operation_event_operation (operation_id, id),
  KEY operation_event_station (station_id, kind, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- SecurityEventNotification. A repeat has the same fact_key. Kept by reports.security_event_days.
CREATE TABLE security_event (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  station_id  BIGINT       NOT NULL,
  fact_key    BINARY(16)   NOT NULL,
  type        VARCHAR(50)  NOT NULL,
  critical    BOOLEAN      NOT NULL,
  at          DATETIME(3)  NOT NULL, -- by the station's clock
  received_at DATETIME(3)  NOT NULL,
  tech_info   VARCHAR(255) NULL,
  UNIQUE KEY security_event_fact (station_id, fact_key),
  KEY security_event_operator (operator_id, id),
  KEY security_event_station (station_id, id),
  KEY security_event_age (received_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The messages on a station's display, as last known.
CREATE TABLE display_message (
  station_id     BIGINT       NOT NULL,
  message_id     INT          NOT NULL,
  operator_id    BIGINT       NOT NULL,
  state          VARCHAR(10)  NOT NULL, -- set, refused, cleared, gone
  answer         VARCHAR(40)  NOT NULL, -- the station's last word on it; empty: it reported it
  priority       VARCHAR(20)  NOT NULL,
  show_state     VARCHAR(20)  NULL,     -- Charging, Faulted, Idle, Unavailable
  start_at       DATETIME(3)  NULL,
  end_at         DATETIME(3)  NULL,
  transaction_id VARCHAR(36)  NULL,
  format         VARCHAR(10)  NOT NULL,
  language       VARCHAR(8)   NULL,
  content        VARCHAR(512) NOT NULL,
  display        TEXT         NULL,     -- the component, JSON
  seen_by        BIGINT       NULL,     -- the query that reported it last
  changed_at     DATETIME(3)  NOT NULL,
  PRIMARY KEY (station_id, message_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CustomerInformation: personal data, deleted at expires_at (reports.customer_information_days).
CREATE TABLE customer_information (
  id           BIGINT       NOT NULL PRIMARY KEY,
  operator_id  BIGINT       NOT NULL,
  station_id   BIGINT       NOT NULL,
  request_id   INT          NOT NULL,
  named_by     VARCHAR(20)  NOT NULL, -- id_token, certificate, identifier, nothing
  customer     VARCHAR(500) NOT NULL,
  report       BOOLEAN      NOT NULL,
  clear        BOOLEAN      NOT NULL,
  state        VARCHAR(12)  NOT NULL, -- sent, running, done, rejected, unanswered
  status       VARCHAR(20)  NULL,
  created_at   DATETIME(3)  NOT NULL,
  completed_at DATETIME(3)  NULL,
  expires_at   DATETIME(3)  NOT NULL,
  KEY customer_information_station (station_id, request_id),
  KEY customer_information_operator (operator_id, id),
  KEY customer_information_end (expires_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE customer_information_part (
  information_id BIGINT       NOT NULL,
  seq_no         INT          NOT NULL,
  generated_at   DATETIME(3)  NOT NULL,
  data           VARCHAR(512) NOT NULL,
  PRIMARY KEY (information_id, seq_no)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- DataTransfer of both directions. Kept by reports.data_transfer_days.
CREATE TABLE data_transfer (
  id          BIGINT       NOT NULL PRIMARY KEY,
  operator_id BIGINT       NOT NULL,
  station_id  BIGINT       NOT NULL,
  direction   VARCHAR(3)   NOT NULL, -- in: from the station, out
  vendor_id   VARCHAR(255) NOT NULL,
  message_id  VARCHAR(50)  NULL,
  data        MEDIUMTEXT   NULL,
  status      VARCHAR(20)  NOT NULL, -- of the answer; out: also sent, error, timeout
  answer_data MEDIUMTEXT   NULL,
  at          DATETIME(3)  NOT NULL,
  KEY data_transfer_operator (operator_id, id),
  KEY data_transfer_station (station_id, id),
  KEY data_transfer_age (at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Vendors whose messages are accepted and stored.
CREATE TABLE data_transfer_vendor (
  operator_id BIGINT        NOT NULL,
  vendor_id   VARCHAR(255)  NOT NULL,
  message_ids VARCHAR(4000) NULL, -- one a line; NULL: any, and none  
  created_by  VARCHAR(220)  NOT NULL,
  created_at  DATETIME(3)   NOT NULL,
  PRIMARY KEY (operator_id, vendor_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Tokens of customers who were erased at a station: kept out of its local list until somebody says
-- anew which tokens belong there.
CREATE TABLE local_list_erasure (
  station_id  BIGINT      NOT NULL,
  uid_key     VARCHAR(36) NOT NULL,
  operator_id BIGINT      NOT NULL,
  erased_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (station_id, uid_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
