-- How the sources stand goes with every page that is read. As a function, so that the database plans it once for a connection (086), and
-- by key whatever the size of the tables at that moment (087): planning it took longer than finding the page. The few sources themselves are
-- read whole, which counts as costly where that is discouraged, and would be compiled anew at every call.
create function sources_for(about text)
returns table (source text, name text, organisation text, status text, as_at timestamptz, since timestamptz, starts_from text,
  message text, unread boolean)
stable language plpgsql set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
begin
  return query select s.source, s.name, s.organisation, s.status, s.as_at, s.since, s.starts_from::text, s.message, exists (
    select from source_patient p where p.person = about and p.source = s.source and (
      exists (select from inbox i where i.source = p.source and i.subject = p.local_id and i.state = 'dead')
      or exists (
        select from feed_scope f where f.source = p.source and f.subject = p.local_id and f.problem is not null)))
    from source_state s order by s.source collate "C";
end
$$;
