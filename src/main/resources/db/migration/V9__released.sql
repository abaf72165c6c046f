-- What is said of a call's end by somebody who may not know better (call.released): it stands from
-- when it was settled until a call.ended is heard.

alter table calls add column released_at bigint;
alter table calls add column released_hangup_source varchar(256);
alter table calls add column refused_at bigint;
alter table calls add column refused_outcome varchar(16);
alter table calls add column refused_sip_code integer;
alter table calls add column released_received_at bigint; -- null: nothing waits to be decided
alter table calls add column released_standing varchar(16) default 'NEITHER' not null;
