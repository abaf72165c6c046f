-- The families that StatsD's lines brought about. Their label names only become more: a series whose
-- row has fewer label values has the empty text for the rest.

create table statsd_families (
  name varchar(256) primary key,
  kind varchar(16) not null,
  labels text not null -- a JSON array of the label names
);
