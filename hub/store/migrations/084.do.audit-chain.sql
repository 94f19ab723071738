-- Every line of the audit is a link of a chain: the hash of the line and of the link before it. Who changes a line, takes one
-- out or puts one in breaks the chain there (`npm run audit -- verify`). A person has one chain, so that nothing is counted over
-- all of them; the lines about nobody in particular have sixteen a day, so that a flood of strangers waits for itself alone.

-- All lines of one request bear its id (X-Request-Id in its answer).
alter table audit add column request_id text;
create index audit_by_user on audit (user_id, at);
-- In the order of writing, so that a summary of each block's times is all it takes.
create index audit_by_time on audit using brin (at);

-- Lines stay with the id they were written under: a person's are looked for under those that were merged into theirs.
create index person_merged on person (merged_into) where merged_into is not null;

create table audit_link (
  patient text collate "C" not null,
  -- Empty for a person; for nobody in particular the day and one of sixteen.
  chain text collate "C" not null,
  seq bigint not null,
  -- The line it is of.
  at timestamptz not null,
  id uuid not null,
  previous bytea not null,
  hash bytea not null,
  primary key (patient, chain, seq)
);

-- The last link of each chain, so that lines cut off its end are missed.
create table audit_head (
  patient text collate "C" not null,
  chain text collate "C" not null,
  seq bigint not null,
  previous bytea not null,
  hash bytea not null,
  primary key (patient, chain)
) with (fillfactor = 60);

-- What is hashed of a line, as JSON text; hub/audit/chain.ts writes the same on its own. The first member numbers this form.
create function audit_line(line audit, chain text, seq bigint) returns text stable language sql as $$
  select json_build_array(1, line.patient, chain, seq,
    to_char(line.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), line.id,
    line.user_id, line.user_name, line.user_role, line.user_organisation, line.client, line.grant_id, line.opened_from,
    line.reason, line.purpose, line.action, line.type, line.ids, line.query, line.outcome, line.detail, line.found,
    line.request_id)::text
$$;

create function audit_chain_of(line audit) returns text stable language sql as $$
  select case when line.patient <> '00000000-0000-0000-0000-000000000000' then ''
    else to_char(line.at at time zone 'UTC', 'YYYY-MM-DD') || '/' || (get_byte(uuid_send(line.id), 15) & 15) end
$$;

-- The head's row is the lock: of two lines of one chain the second waits, then finds the first as the link before it.
create function audit_link_up(line audit) returns void language plpgsql as $$
declare
  its_chain text := audit_chain_of(line);
  head audit_head;
begin
  loop
    update audit_head h set seq = h.seq + 1, previous = h.hash,
      hash = sha256(h.hash || convert_to(audit_line(line, its_chain, h.seq + 1), 'UTF8'))
    where h.patient = line.patient and h.chain = its_chain
    returning * into head;
    exit when found;
    insert into audit_head (patient, chain, seq, previous, hash) values (line.patient, its_chain, 0, '', '')
    on conflict do nothing;
  end loop;
  insert into audit_link (patient, chain, seq, at, id, previous, hash)
  values (line.patient, its_chain, head.seq, line.at, line.id, head.previous, head.hash);
end
$$;

create function audit_link_new() returns trigger language plpgsql as $$
begin
  perform audit_link_up(new);
  return null;
end
$$;

-- What was written before this migration.
do $$
declare
  line audit;
begin
  for line in select * from audit order by patient, at, id loop
    perform audit_link_up(line);
  end loop;
end
$$;

-- When the transaction ends, so that no reader of the same person waits for another's work, nor any two for each other.
create constraint trigger audit_is_linked after insert on audit
  deferrable initially deferred for each row execute function audit_link_new();

create trigger audit_link_append_only before update or delete or truncate on audit_link
  for each statement execute function audit_is_append_only();

create function audit_head_follows() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or pg_trigger_depth() < 2 then
    raise exception 'the audit is append-only: its heads follow its lines, % refused', tg_op;
  end if;
  return null;
end
$$;

create trigger audit_head_follows before update or delete or truncate on audit_head
  for each statement execute function audit_head_follows();
