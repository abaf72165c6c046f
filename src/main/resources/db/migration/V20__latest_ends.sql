-- How the calls ended that ended last, in one row: a JSON array of texts.

create table latest_ends (
  state text not null
);

insert into latest_ends (state) select state from rollup where kind = 'latest_ends';
delete from rollup where kind = 'latest_ends';
