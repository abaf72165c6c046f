-- The rows that the projection keeps. Times are microseconds since 1970, by the senders' clocks
-- unless they are called received.

create table calls (
  call_id varchar(128) primary key,
  source varchar(256) not null,
  stamps varchar(1000),
  account varchar(256),
  user_id varchar(256),
  campaign_id varchar(256),
  trunk varchar(256),
  provider varchar(256),
  direction varchar(16),
  from_number varchar(256),
  to_number varchar(256),
  zone varchar(16),
  origination_country varchar(256),
  destination_country varchar(256),
  parent_call_id varchar(128),
  derived_zone varchar(16),
  derived_origination varchar(8),
  derived_destination varchar(8),
  first_event_at bigint not null,
  last_event_at bigint not null,
  initiated_at bigint,
  ringing_at bigint,
  answered_at bigint,
  ended_at bigint,
  open_since bigint,
  outcome varchar(16),
  answered_by varchar(16),
  pdd_ms double precision,
  sip_code integer,
  q850_cause integer,
  hangup_source varchar(256),
  duration_seconds double precision,
  cost numeric(60, 40),
  currency varchar(256),
  error_type varchar(256),
  has_transcript boolean,
  has_audio boolean,
  codec varchar(256),
  mos double precision,
  r_factor double precision,
  jitter_ms double precision,
  packet_loss double precision,
  rtt_ms double precision,
  first_received_at bigint not null,
  end_received_at bigint,
  whole_beginning boolean not null,
  counted_type boolean not null,
  counted_campaign boolean not null,
  counted_end boolean not null,
  counted_campaign_id varchar(256),
  counted_user_id varchar(256),
  settle_due bigint
);

-- Null for all calls but those that are open, or of which something is still to be counted.
create index calls_open on calls (open_since);

create table messages (
  message_id varchar(128) primary key,
  stamps varchar(1000),
  account varchar(256),
  campaign varchar(256),
  brand varchar(256),
  carrier varchar(256),
  direction varchar(16),
  segments integer,
  from_number varchar(256),
  to_number varchar(256),
  first_event_at bigint not null,
  last_event_at bigint not null,
  started_at bigint,
  queued_at bigint,
  sent_at bigint,
  delivered_at bigint,
  undelivered_at bigint,
  failed_at bigint,
  read_at bigint,
  error_code varchar(256),
  status varchar(16)
);

create table campaigns (
  campaign_id varchar(256) primary key,
  stamps varchar(1000),
  user_id varchar(256),
  status varchar(16),
  pending_leads integer
);

-- How far the projection has come, and the figures as of there.

create table projection (
  name varchar(32) primary key,
  position bigint not null
);

insert into projection (name, position) values ('calls', 0);

create table series (
  id bigint primary key,
  family varchar(256) not null,
  labels text not null,
  state text not null
);

create table window_bucket (
  id bigint primary key,
  family varchar(64) not null,
  labels text not null,
  start_second bigint not null,
  state text not null
);

create index window_bucket_start on window_bucket (start_second);
