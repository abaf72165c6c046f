-- Rooms in which calls meet people and agents, and what follows from them for the calls.

alter table calls add column supposed_answered_at bigint;
alter table calls add column released_supposed_at bigint;
alter table calls add column released_taken boolean default false not null;

create table rooms (
  room_id varchar(128) primary key,
  room_name varchar(256),
  source varchar(256) not null,
  stamps varchar(1000),
  provider varchar(256),
  user_id varchar(256),
  campaign_id varchar(256),
  first_event_at bigint not null,
  finished_at bigint,
  recorded boolean not null,
  has_calls boolean not null,
  members varchar(32000) not null,
  settle_due bigint
);

-- Null for all rooms but those that may turn out to be a call.
create index rooms_due on rooms (settle_due);
create index rooms_name on rooms (room_name, first_event_at);

-- Recordings that name their room by its name only, until it is known which one had it.
create table waiting_recordings (
  recording_id varchar(128) primary key,
  room_name varchar(256) not null,
  recorded_at bigint not null,
  due bigint not null
);

-- Ends of calls that may have joined their room under another id, until that is known.
create table waiting_ends (
  participant_id varchar(128) primary key,
  room_id varchar(128) not null,
  call_id varchar(128) not null,
  source varchar(256) not null,
  left_at bigint not null,
  received_at bigint not null,
  outcome varchar(16),
  hangup_source varchar(256),
  was_taken boolean
);
