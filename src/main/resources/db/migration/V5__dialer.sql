-- The rows of dialers. Times are microseconds since 1970, by the senders' clocks unless they are
-- called received.
-- In lower case, one letter (U+0130) becomes two: a campaign's type may be longer than
-- what was sent.

create table dialer_timers (
  request_id varchar(128) primary key,
  leg varchar(16),
  account varchar(256),
  campaign varchar(256),
  campaign_type varchar(512),
  caller_session_id varchar(128),
  caller_session_type varchar(256),
  caller_phone_type varchar(256),
  requested_at bigint,
  request_received_at bigint,
  result varchar(16),
  http_status integer,
  responded_at bigint,
  response_received_at bigint,
  counted_request boolean not null,
  counted_answer boolean not null,
  counted_abandonment boolean not null,
  counted_response boolean not null,
  counted_labels varchar(4000),
  settle_due bigint
);

-- Null for all timers but those that wait for the other half.
create index dialer_timers_due on dialer_timers (settle_due);

create table caller_sessions (
  caller_session_id varchar(128) primary key,
  stamps varchar(1000),
  state varchar(16) not null,
  state_at bigint not null,
  account varchar(256),
  campaign varchar(256),
  campaign_type varchar(512),
  last_received_at bigint not null,
  settle_due bigint
);

-- Null for sessions of which nothing was heard for long.
create index caller_sessions_due on caller_sessions (settle_due);
