-- What each message has added to counters, what it waits for to add more, and accounts.

alter table messages add column whole_beginning boolean default false not null;
alter table messages add column pending_received_at bigint;
alter table messages add column delivered_received_at bigint;
alter table messages add column arrival_received_at bigint;
alter table messages add column failed_received_at bigint;
alter table messages add column counted_pending boolean default false not null;
alter table messages add column counted_delivered boolean default false not null;
alter table messages add column counted_failed boolean default false not null;
alter table messages add column counted_error boolean default false not null;
alter table messages add column counted_segments boolean default false not null;
alter table messages add column counted_latency boolean default false not null;
alter table messages add column settle_due bigint;

-- Null for all messages but those of which something is still to be counted.
create index messages_due on messages (settle_due);

create table accounts (
  account varchar(256) primary key,
  stamps varchar(1000),
  type varchar(16),
  balance_dollars numeric(60, 40),
  credit_limit_dollars numeric(60, 40),
  balance_alert_threshold_dollars numeric(60, 40)
);
