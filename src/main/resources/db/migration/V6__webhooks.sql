-- What outside webhook workers report. Times are microseconds since 1970, by the senders' clocks
-- unless they are called received.

create table webhook_deliveries (
  delivery_id varchar(128) primary key,
  stamps varchar(1000),
  event_type varchar(256),
  partner_id varchar(256),
  queued_at bigint,
  delivered_at bigint,
  dead_at bigint,
  dead_received_at bigint,
  waited integer not null,
  released integer not null,
  counted_queued boolean not null,
  counted_delivered boolean not null,
  counted_dead boolean not null,
  counted_processing boolean not null,
  counted_attempt boolean not null,
  settle_due bigint
);

-- Null for all deliveries but those of which something is still to be counted.
create index webhook_deliveries_due on webhook_deliveries (settle_due);

-- Attempts whose delivery nobody has described yet; gone once they are counted.
create table webhook_attempts (
  attempt_id varchar(160) primary key,
  delivery_id varchar(128) not null,
  event_type varchar(256),
  partner_id varchar(256),
  worker_id varchar(256),
  attempt integer not null,
  result varchar(16) not null,
  status_code integer,
  latency_seconds double precision,
  received_at bigint not null
);

create table webhook_workers (
  worker_id varchar(256) primary key,
  heartbeat_at bigint not null,
  seen_at bigint not null,
  uptime_seconds double precision,
  queue_size integer,
  oldest_age_seconds double precision
);

create index webhook_workers_seen on webhook_workers (seen_at);
