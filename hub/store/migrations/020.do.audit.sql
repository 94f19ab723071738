-- Who read, or was refused, what, of whom, when, from where and why. No free text of a search and no content is kept.
create table audit (
  -- The directory's compartment stands for "no person" where a refused caller named none.
  patient text collate "C" not null,
  at timestamptz not null default clock_timestamp(),
  id uuid not null default gen_random_uuid(),
  user_id text,
  user_name text,
  user_role text,
  user_organisation text,
  client text,
  grant_id text,
  opened_from text,
  reason text,
  purpose text,
  action text not null,
  type text,
  ids text[] not null default '{}',
  query text,
  outcome text not null check (outcome in ('served', 'refused')),
  detail text,
  found integer not null default 0,
  primary key (patient, at, id)
);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only: % refused', tg_op;
end
$$;

-- Per statement, so that even a change that meets no row is refused.
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function audit_is_append_only();
