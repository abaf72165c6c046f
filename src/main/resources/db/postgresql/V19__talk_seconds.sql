-- Talk time: as said, else answer to end of a completed call.
alter table calls add column talk_seconds double precision generated always as (
  case
    when duration_seconds is not null then duration_seconds
    when outcome = 'COMPLETED' then greatest(
      cast(0 as double precision),
      (ended_at - coalesce(answered_at, supposed_answered_at)) * 1000 / cast(1e9 as double precision))
  end
) stored;
