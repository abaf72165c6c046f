-- When the reaper gave a call up (call.reaped): it stands where no other end is known.

alter table calls add column reaped_at bigint;

-- Figures of the calls of a span of time, so that no view has to read the calls themselves.

create table rollup (
  kind varchar(16) not null,          -- what the calls have in common, such as their campaign
  label varchar(256) not null,        -- which one; empty where there is one only
  step_seconds integer not null,
  start_second bigint not null,
  total bigint not null,              -- also in the state; here to find the largest by
  state text not null,
  primary key (kind, label, step_seconds, start_second)
);

create index rollup_start on rollup (kind, step_seconds, start_second);
