CREATE TABLE IF NOT EXISTS gray_outbox (
  migration VARCHAR(64) NOT NULL,
  seq BIGINT NOT NULL AUTO_INCREMENT,
  row_key VARCHAR(255) NOT NULL,
  body LONGTEXT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT DEFAULT 0 NOT NULL,
  PRIMARY KEY (migration, seq),
  KEY gray_outbox_seq (seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin AUTO_INCREMENT = 281474976710657;
CREATE TABLE IF NOT EXISTS gray_meta (
  migration VARCHAR(64) NOT NULL,
  row_key VARCHAR(255) NOT NULL,
  ver BIGINT NOT NULL,
  ver_ext BIGINT NOT NULL,
  deleted BOOLEAN NOT NULL,
  PRIMARY KEY (migration, row_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE TABLE IF NOT EXISTS gray_dead (
  migration VARCHAR(64) NOT NULL,
  row_key VARCHAR(255) NOT NULL,
  version BIGINT NOT NULL,
  body LONGTEXT NOT NULL,
  reason VARCHAR(500) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (migration, row_key, version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE TABLE IF NOT EXISTS gray_job (
  migration VARCHAR(64) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  run BIGINT NOT NULL,
  last_key TEXT,
  exhausted BOOLEAN NOT NULL,
  chunks BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  rows_written BIGINT NOT NULL,
  rows_total BIGINT NOT NULL,
  started_ms BIGINT NOT NULL,
  finished_ms BIGINT NOT NULL,
  pace_ms BIGINT NOT NULL,
  pace_rows BIGINT NOT NULL,
  rows_per_second DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (migration, kind)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE TABLE IF NOT EXISTS gray_chunk (
  migration VARCHAR(64) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  no BIGINT NOT NULL,
  run BIGINT NOT NULL,
  low_key TEXT,
  high_key TEXT,
  owner VARCHAR(64) NOT NULL,
  until_ms BIGINT NOT NULL,
  PRIMARY KEY (migration, kind, no)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE TABLE IF NOT EXISTS gray_diff (
  migration VARCHAR(64) NOT NULL,
  run BIGINT NOT NULL,
  row_key VARCHAR(255) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  differing TEXT NOT NULL,
  seen_ms BIGINT NOT NULL,
  healed_ms BIGINT NOT NULL,
  PRIMARY KEY (migration, run, row_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE TABLE IF NOT EXISTS gray_ext (
  migration VARCHAR(64) NOT NULL,
  row_key VARCHAR(255) NOT NULL,
  body LONGTEXT NOT NULL,
  PRIMARY KEY (migration, row_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE TABLE IF NOT EXISTS gray_process (
  migration VARCHAR(64) NOT NULL,
  process VARCHAR(128) NOT NULL,
  wish VARCHAR(16),
  fact_epoch BIGINT NOT NULL,
  fact_phase VARCHAR(16) NOT NULL,
  trouble VARCHAR(500),
  seen_ms BIGINT NOT NULL,
  PRIMARY KEY (migration, process)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE TABLE IF NOT EXISTS gray_state (
  migration VARCHAR(64) NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  phase VARCHAR(16) NOT NULL,
  standing VARCHAR(8) NOT NULL,
  token VARCHAR(64),
  until_ms BIGINT NOT NULL,
  min_version BIGINT NOT NULL,
  pause_ms BIGINT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE TABLE IF NOT EXISTS gray_table (
  migration VARCHAR(64) NOT NULL PRIMARY KEY,
  body LONGTEXT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
