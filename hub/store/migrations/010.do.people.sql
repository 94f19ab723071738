-- People and what each source says of them. A person's id is random and assigned once: never made from an NHS number.
create table person (
  id text collate "C" primary key,
  created timestamptz not null default now(),
  -- Set when this person was found to be another one; their records moved there.
  merged_into text collate "C",
  -- What the picker and the launch show, written whenever the served Patient is composed.
  nhs_number text,
  name text not null default '',
  birth_date text,
  gender text,
  deceased boolean not null default false,
  mask integer not null default 0
);

-- One source's own patient record. (source, local_id) is its origin: merging and unmerging moves whole origins.
create table source_patient (
  source text not null,
  local_id text not null,
  person text collate "C" not null,
  -- The source's Patient, references already in the hub's ids, without the marks of its message.
  content text not null,
  nhs_number text,
  nhs_verification text,
  birth_date text,
  families text[] not null default '{}',
  givens text[] not null default '{}',
  -- Other numbers the source itself uses for this record (hospital number), for launches by local id.
  local_numbers text[] not null default '{}',
  received timestamptz not null,
  primary key (source, local_id)
);
create index source_patient_person on source_patient (person);
create index source_patient_nhs_number on source_patient (nhs_number) where nhs_number is not null;
create index source_patient_birth_date on source_patient (birth_date);
create index source_patient_local_numbers on source_patient using gin (local_numbers);

-- Every time a source's record was put with a person, by which rule or by whom. Only ever added to.
create table person_link (
  source text not null,
  local_id text not null,
  at timestamptz not null default clock_timestamp(),
  person text collate "C" not null,
  from_person text collate "C",
  rule text not null,
  by_whom text not null,
  reason text
);
create index person_link_origin on person_link (source, local_id, at);

-- What matching would not decide alone: a worklist for a person to settle.
create table match_conflict (
  source text not null,
  local_id text not null,
  kind text not null,
  -- The person the record may also be, or the record's own where there is no other.
  other text collate "C" not null,
  person text collate "C" not null,
  reason text not null,
  noticed timestamptz not null default now(),
  settled timestamptz,
  settled_by text,
  primary key (source, local_id, kind, other)
);
