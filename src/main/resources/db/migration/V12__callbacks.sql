-- Which of a call's numbered callbacks came: bit n of seen for number n, of missing for one that was
-- counted as missing.

alter table calls add column callbacks_source varchar(256);
alter table calls add column callbacks_seen bigint default 0 not null;
alter table calls add column callbacks_missing bigint default 0 not null;
alter table calls add column callbacks_received_at bigint; -- of the last new number
