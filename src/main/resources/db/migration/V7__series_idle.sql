-- When a series was last touched, in milliseconds since 1970 by the server's clock. 0: not known,
-- and then it counts as touched when it is restored.
alter table series add column touched_at bigint default 0 not null;

-- When a campaign was last spoken of, in microseconds since 1970 by the server's clock; null: not
-- known. A user whose campaigns all rest is shown with 0 until that is long ago.
alter table campaigns add column last_received_at bigint;
