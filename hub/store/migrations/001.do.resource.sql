-- One row is one source's statement in one person's compartment. The person is part of every key, so that the tables can
-- be spread over servers by person. Ids compare bytewise: paging must not depend on a server's locale.
create table resource (
  patient text collate "C" not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  updated timestamptz not null,
  source text not null,
  origin text not null,
  mask integer not null check (mask >= 0),
  date_start timestamptz,
  date_end timestamptz,
  authored_start timestamptz,
  authored_end timestamptz,
  tokens text[] not null,
  digest text not null,
  content text not null,
  primary key (patient, type, id)
) partition by hash (patient);

-- The timeline's own order. What has no start stands by its end.
create index resource_by_date on resource (patient, type, (coalesce(date_start, date_end)) desc nulls last, id);
create index resource_labelled on resource (patient) where mask <> 0;

create table resource_history (
  patient text collate "C" not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  updated timestamptz not null,
  source text not null,
  origin text not null,
  mask integer not null check (mask >= 0),
  content text not null,
  primary key (patient, type, id, version)
) partition by hash (patient);

do $$
begin
  for part in 0..15 loop
    execute format('create table resource_%s partition of resource for values with (modulus 16, remainder %s)', part, part);
    execute format(
      'create table resource_history_%s partition of resource_history for values with (modulus 16, remainder %s)',
      part, part
    );
  end loop;
end
$$;
