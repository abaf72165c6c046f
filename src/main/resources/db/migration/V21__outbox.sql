-- Busyhour's own outgoing webhooks. Times are microseconds since 1970, by Busyhour's clock.

create table webhook_subscriptions (
  id varchar(40) primary key,
  partner_id varchar(256) not null,
  url varchar(2048) not null,
  events text not null,            -- JSON: the types, such as ["call.ended"]
  accounts text not null,          -- JSON: of these accounts only; [] for all
  trunks text not null,            -- JSON: of these trunks only; [] for all
  numbers_shown boolean not null,
  per_second integer not null,     -- at most so many attempts a second; 0 for no limit
  secret varchar(128) not null,    -- signatures need it whole, so it is no digest
  old_secret varchar(128),         -- signs too, until:
  old_secret_until bigint,
  state varchar(16) not null,      -- ACTIVE, PAUSED, ENDED
  created_at bigint not null,
  since_position bigint default 0 not null -- what is later in the journal is for it
);

-- One row for each event and subscription that it is for.
create table webhook_outbox (
  delivery_id varchar(64) primary key,
  subscription_id varchar(40) not null,
  partner_id varchar(256) not null,
  event_type varchar(64) not null,
  payload text not null,
  state varchar(16) not null,      -- PENDING, DELIVERED, DEAD
  queued_at bigint not null,
  asked_at bigint,                 -- when it was asked for once more, or null
  due_at bigint,                   -- null once it is done. Who takes it moves it ahead: a lease
  attempts integer not null,       -- that were made
  spent integer not null,          -- of these, before it was asked for once more
  history text,                    -- JSON: the attempts
  done_at bigint,
  reason varchar(64)               -- why it is dead
);

create index webhook_outbox_due on webhook_outbox (subscription_id, due_at);
create index webhook_outbox_state on webhook_outbox (state, queued_at, delivery_id);

-- How far the outbox has read the journal: what was received before there was one is not for it.
insert into projection (name, position, settles) select 'outbox', position, 0 from journal_tip;
