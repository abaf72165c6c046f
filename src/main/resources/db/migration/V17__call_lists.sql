-- What lists of calls are read by, newest first, and which entries of the journal a call is made of.

-- When the call began, in microseconds: as said, else the first that is known of it.
alter table calls add column started_at bigint;

update calls set started_at = coalesce(initiated_at, first_event_at);
update calls set started_at = coalesce(answered_at, supposed_answered_at)
  where initiated_at is null and coalesce(answered_at, supposed_answered_at) < first_event_at;
update calls set started_at =
    ended_at - cast(ceil(floor(duration_seconds * cast(1e9 as double precision)) / 1000) as bigint)
  where initiated_at is null and answered_at is null and supposed_answered_at is null
    and outcome = 'COMPLETED'
    and ended_at
      - cast(ceil(floor(duration_seconds * cast(1e9 as double precision)) / 1000) as bigint)
      < first_event_at;

alter table calls alter column started_at set not null;

-- Positions in the journal, in base 36, and how many more there were.
alter table calls add column entries varchar(8192);
alter table calls add column entries_left_out integer default 0 not null;

-- Of calls that are there already at least one entry is not listed.
update calls set entries_left_out = 1;

-- A filter and the order within it. An end changes one of them, other events none once the
-- beginning is known: the columns that they change are in no index.
create index calls_started on calls (started_at, call_id);
create index calls_outcome on calls (outcome, started_at, call_id);
create index calls_campaign on calls (campaign_id, started_at, call_id);
create index calls_account on calls (account, started_at, call_id);
create index calls_trunk on calls (trunk, started_at, call_id);
