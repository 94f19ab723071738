-- As 092, with whether a record of this source that states one of this person's NHS numbers stands apart from them: nobody is sure whose it is.
drop function sources_for(text);

create function sources_for(about text)
returns table (source text, name text, organisation text, status text, as_at timestamptz, since timestamptz, starts_from text,
  message text, unread boolean, answered timestamptz, overdue timestamptz, apart boolean)
stable language plpgsql set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
begin
  return query select s.source, s.name, s.organisation, s.status, s.as_at, s.since, s.starts_from::text, s.message, exists (
    select from source_patient p where p.person = about and p.source = s.source and (
      exists (select from inbox i where i.source = p.source and i.subject = p.local_id and i.state = 'dead')
      or exists (
        select from feed_scope f where f.source = p.source and f.subject = p.local_id and f.problem is not null))),
    asked.answered, case when asked.due < now() then asked.due end,
    s.source in (
      select o.source from source_patient p
        join source_patient o on o.nhs_number = p.nhs_number and o.person <> p.person
        join person q on q.id = o.person and q.merged_into is null and q.mask = 0
      where p.person = about and p.nhs_number is not null)
    from source_state s left join lateral (
      select min(h.received) as answered, min(h.received + a.promise) as due
      from asked_practice a
        join source_patient p on p.person = about and p.source = a.source
        cross join lateral (
          select max(i.received) as received from inbox i
          where i.source = p.source and i.subject = p.local_id and i.organisation = a.organisation
            and i.format = 'gp-connect' and i.state = 'done' and i.label not like 'no answer %') h
      where a.source = s.source
    ) asked on true
    order by s.source collate "C";
end
$$;
