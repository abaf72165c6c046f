-- When a row was first heard of, in microseconds by the server's clock: what is kept for so long is
-- kept from then on, however old the times are that its senders say. Never changed, always rising:
-- an index on it costs next to nothing to write.

alter table messages add column first_received_at bigint;
update messages set first_received_at = last_event_at;
create index messages_received on messages (first_received_at);

alter table rooms add column first_received_at bigint;
update rooms set first_received_at = first_event_at;
create index rooms_received on rooms (first_received_at);

alter table dialer_timers add column first_received_at bigint;
update dialer_timers set first_received_at = coalesce(response_received_at, request_received_at);
create index dialer_timers_received on dialer_timers (first_received_at);

alter table webhook_deliveries add column first_received_at bigint;
update webhook_deliveries set first_received_at = coalesce(dead_at, delivered_at, queued_at);
create index webhook_deliveries_received on webhook_deliveries (first_received_at);

alter table caller_sessions add column first_received_at bigint;
update caller_sessions set first_received_at = last_received_at;
create index caller_sessions_received on caller_sessions (first_received_at);

create index calls_received on calls (first_received_at);
