-- How often rows were settled though nothing was received: the position does not tell of that, and
-- another process on this database has to know that its figures are out of date.
alter table projection add column settles bigint default 0 not null;
