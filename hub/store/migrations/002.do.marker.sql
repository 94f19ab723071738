-- Small facts about the store itself: the borough is loaded, the keys of the authorization server.
create table marker (
  name text primary key,
  value text not null,
  written timestamptz not null default now()
);
