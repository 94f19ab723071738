-- As before (086, 087), and nobody reads where the person was merged into somebody else or is withheld now: their record would look
-- empty, and a page that stands open would go on standing for somebody who is not there any more.
create or replace function reading_with(token_key text, hub_time timestamptz)
returns table (token text, authorized text, last_used timestamptz, ground text, broke boolean, choices json)
stable language plpgsql set enable_seqscan = off as $$
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
  if exists (select from person p
    where p.id = its ->> 'patient' and (p.merged_into is not null or p.mask <> 0)) then
    return;
  end if;
  return query select found_one.token, found_one.authorized, found_one.last_used, facts.*
    from access_facts(its ->> 'patient', its #>> '{user,id}', its #>> '{user,organisation}', its ->> 'from',
      found_one.grant_id) facts;
end
$$;
