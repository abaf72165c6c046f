-- The answer of a call was heard from somebody who reports changes within a call alike (call.taken):
-- its talk time is known when it is settled.

alter table calls add column answer_may_repeat boolean default false not null;
