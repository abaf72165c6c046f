-- The journal: what was delivered, each delivery once, in the order in which it was accepted.
CREATE TABLE journal (
  position        BIGINT       PRIMARY KEY, -- 1, 2, 3 ... without gaps
  event_key       UUID         NOT NULL,    -- the first 128 bits of SHA-256(source, NUL, id)
  source          VARCHAR(256) NOT NULL,
  id              VARCHAR(256) NOT NULL,
  received_at     BIGINT       NOT NULL,    -- microseconds since 1970, never falling
  whole_beginning BOOLEAN      NOT NULL,
  body            TEXT         NOT NULL,    -- JSON: [{"type":..,"time":microseconds,"data":{..}}]
  duplicates      INTEGER      NOT NULL     -- how often the same key arrived again
);

-- Where each key is, but for the newest: the keys of recent entries are only in the table above,
-- and are merged into this one range by range (io.busyhour.journal.RecentKeys has the rule). Keys
-- are digests, because their 16 bytes instead of up to 512 cost an append half. Whoever holds the
-- lock of journal_tip looks a key up before it writes it; a unique index would look it up once more.
CREATE TABLE journal_keys (
  event_key UUID   NOT NULL,
  position  BIGINT NOT NULL
);
CREATE INDEX journal_keys_event_key ON journal_keys (event_key);

-- One row: where the journal ends. Its row lock is what makes writers take turns, in one process or
-- in several, and it outlives the entries when old ones are deleted.
CREATE TABLE journal_tip (
  position BIGINT NOT NULL,
  time     BIGINT NOT NULL -- microseconds since 1970; no later entry is stamped before it
);
INSERT INTO journal_tip (position, time) VALUES (0, 0);

-- What was received, per source: received = accepted + duplicate + rejected.
CREATE TABLE journal_ledger (
  source     VARCHAR(256) NOT NULL,
  result     VARCHAR(16)  NOT NULL, -- accepted, duplicate, rejected
  reason     VARCHAR(64)  NOT NULL, -- why rejected, else empty
  deliveries BIGINT       NOT NULL,
  last_event BIGINT,                -- latest event time of the accepted ones, microseconds
  PRIMARY KEY (source, result, reason)
);
