-- How each source stands: read fresh on every search, never cached.
create table source_state (
  source text primary key,
  name text not null,
  organisation text,
  status text not null check (status in ('ok', 'late', 'failed', 'partial', 'not-connected')),
  as_at timestamptz,
  since timestamptz,
  -- A FHIR date, possibly partial.
  starts_from text,
  message text
);
