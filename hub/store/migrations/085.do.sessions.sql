-- What the sign-ons and authorizations of one user, one browser or one session at a sign-on service are found by, and when
-- one was last used: what nobody uses ends.
alter table auth_record
  -- The user's id, as in the audit.
  add column user_id text,
  -- The sign-on service and its own id of the user: `borough|555000000001`.
  add column upstream text,
  -- However busy, it ends then.
  add column ends_at timestamptz,
  add column last_used timestamptz;
create index auth_record_user on auth_record (user_id) where user_id is not null;
create index auth_record_upstream on auth_record (upstream) where upstream is not null;
