-- What was odd in telling what a file left for later: the file's own line in the inbox was settled before. Sentences without
-- patient data; `doubted` is when.
alter table feed_scope add column doubts text[] not null default '{}';
alter table feed_scope add column doubted timestamptz;
create index feed_scope_doubted on feed_scope (doubted) where doubted is not null;
create index inbox_doubted on inbox (received) where cardinality(doubts) > 0;
