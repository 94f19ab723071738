-- What access is decided from, asked at every request. As functions, so that the database plans them once for a connection:
-- planning them took longer than reading the few rows they are about.

-- The grounds on which somebody looks at somebody's record at this moment, the system's own before a declared one, the newest
-- first. One given by a system holds on the way in from that system, while the person is its own; a declared one until its
-- end, at the organisation it was declared for. A user id that is not national (twelve digits, SDS) is somebody else's in
-- another system, and counts only where it came from.
create function standing_grounds(looked_at text, looker text, looker_organisation text, came_from text)
returns setof relationship stable language sql as $$
  select * from relationship r
  where r.patient = looked_at and r.user_id = looker and r.organisation = looker_organisation and r.revoked is null
    and case r.ground
      when 'system' then r.opened_from = came_from and exists (
        select from source_patient s where s.source = r.opened_from and s.person = r.patient)
      else r.until > clock_timestamp() and (r.opened_from = came_from or r.user_id ~ '^[0-9]{12}$') end
  order by (r.ground = 'system') desc, r.since desc, r.id
$$;

-- The ground, whether the glass is broken in this authorization, and what the person's choices deny now.
create function access_facts(looked_at text, looker text, looker_organisation text, came_from text, its_grant text)
returns table (ground text, broke boolean, choices json) stable language plpgsql as $$
begin
  return query select
    (select s.ground from standing_grounds(looked_at, looker, looker_organisation, came_from) s limit 1),
    exists (select from break_glass b
      where b.patient = looked_at and b.grant_id = its_grant and b.until > clock_timestamp()),
    (select json_agg(json_build_object('to_organisation', c.to_organisation, 'from_source', c.from_source, 'kind', c.kind))
      from choice c where c.patient = looked_at and (c.since is null or c.since <= clock_timestamp())
        and (c.until is null or c.until > clock_timestamp()));
end
$$;

-- The access token of this key with its authorization (hub/auth/authorization.ts), while both last at the hub's own time, and
-- the facts for who reads with it: one question for each request.
create function reading_with(token_key text, hub_time timestamptz)
returns table (token text, authorized text, last_used timestamptz, ground text, broke boolean, choices json)
stable language plpgsql as $$
declare
  found_one record;
  its json;
begin
  select one.payload as token, other.payload as authorized, other.last_used, other.grant_id into found_one
  from auth_record one join auth_record other on other.grant_id = one.grant_id and other.kind = 'Authorization'
  where one.kind = 'AccessToken' and one.key = token_key and one.expires_at > hub_time and other.expires_at > hub_time;
  if not found then
    return;
  end if;
  its := found_one.authorized::json;
  return query select found_one.token, found_one.authorized, found_one.last_used, facts.*
    from access_facts(its ->> 'patient', its #>> '{user,id}', its #>> '{user,organisation}', its ->> 'from',
      found_one.grant_id) facts;
end
$$;
