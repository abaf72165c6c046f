-- All that an end that waits says of its call, its beginning included, as JSON.

alter table waiting_ends add column said varchar(16000);
