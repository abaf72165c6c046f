-- How many caller sessions log lines say there are, the latest of each label set. Times are
-- microseconds since 1970: said by the sender's clock, heard by ours.

create table sampled_sessions (
  state varchar(16) not null,
  labels varchar(2000) not null,
  sessions double precision not null,
  said_at bigint not null,
  heard_at bigint not null,
  primary key (state, labels)
);
