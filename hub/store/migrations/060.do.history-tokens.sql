-- Past versions keep the tokens that they were found by, so that a token of a narrower scope (SMART 2.2, `?category=`) reads
-- those versions only that are within it. What was kept before has none, and is not given out to such a token.
alter table resource_history add column tokens text[] not null default '{}';
