-- Every message as it came, committed before it was acknowledged. The source is part of every key, so that the inbox can be
-- spread over servers by source. What was taken from it stays here: a better mapper tells it again.
create table inbox (
  source text not null,
  seq bigint not null generated always as identity,
  organisation text not null,
  format text not null,
  -- What the sender calls it: a control id, a file's name.
  label text not null,
  -- The person it is about, as the source numbers them; null in a file about many.
  subject text,
  received timestamptz not null,
  digest text not null,
  bytes bytea not null,
  -- waiting: to be worked on from `due`; done; dead: could not be used, or not wholly; released: a person decided to do without it.
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead', 'released')),
  due timestamptz not null default now(),
  attempts integer not null default 0,
  -- Whether it was taken apart before: what it said then gives way.
  worked boolean not null default false,
  reason text,
  doubts text[] not null default '{}',
  settled timestamptz,
  settled_by text,
  primary key (source, seq),
  -- What is sent again because its acknowledgement was lost is the same message.
  unique (source, digest, label)
);
create index inbox_waiting on inbox (seq) where state = 'waiting';
create index inbox_dead on inbox (source, seq) where state = 'dead';
create index inbox_received on inbox (source, organisation, format, received);
create index inbox_subject on inbox (source, subject, seq);

-- What messages say, piece by piece: of one name the last one counts.
create table feed_piece (
  source text not null,
  subject text not null,
  scope text not null,
  name text not null,
  at timestamptz not null,
  seq bigint not null,
  content text not null,
  primary key (source, subject, scope, name)
);
create index feed_piece_seq on feed_piece (source, seq);

-- All pieces of one scope come together to resources; `told` names them as Type/own-id.
create table feed_scope (
  source text not null,
  subject text not null,
  scope text not null,
  organisation text not null,
  format text not null,
  told text[] not null default '{}',
  digest text not null default '',
  -- Since when it holds pieces that were not told yet.
  waiting timestamptz,
  due timestamptz not null default now(),
  attempts integer not null default 0,
  problem text,
  primary key (source, subject, scope)
);
create index feed_scope_problem on feed_scope (source) where problem is not null;
create index feed_scope_waiting on feed_scope (source, waiting) where waiting is not null;

-- Records that their source made one person, or took apart again. Only the last word on a pair counts.
create table feed_link (
  source text not null,
  keep text not null,
  gone text not null,
  kind text not null check (kind in ('merge', 'unmerge')),
  at timestamptz not null,
  seq bigint not null,
  primary key (source, gone, keep)
);
