-- What calls count for by trunk, and reports of quality that wait for their call.

alter table calls add column counted_attempt boolean default false not null;
alter table calls add column counted_pdd boolean default false not null;

create table waiting_quality (
  id varchar(64) primary key,
  call_id varchar(128) not null,
  due bigint not null,
  reported_at bigint not null,
  direction varchar(16),
  codec varchar(256),
  mos double precision,
  r_factor double precision,
  jitter_ms double precision,
  packet_loss double precision,
  rtt_ms double precision
);
