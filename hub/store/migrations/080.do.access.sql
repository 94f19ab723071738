-- On what ground somebody may look at a person's record. A ground is never deleted: it ends, or is revoked.
create table relationship (
  patient text collate "C" not null,
  user_id text collate "C" not null,
  id uuid not null default gen_random_uuid(),
  user_name text not null,
  user_role text not null,
  organisation text not null,
  -- `system` (the launching system has this person as its own), or declared: `agrees`, `cannot`, `absent`.
  ground text not null check (ground in ('system', 'agrees', 'cannot', 'absent')),
  -- In the reader's own words, where one was asked for.
  reason text,
  -- Source id of the launching system, or `intranet`.
  opened_from text not null,
  since timestamptz not null default clock_timestamp(),
  -- Null: for as long as the person is that system's own.
  until timestamptz,
  revoked timestamptz,
  revoked_by text,
  primary key (patient, user_id, id)
);
create index relationship_by_user on relationship (user_id, patient);

-- The last resort: one authorization that saw what was withheld. The person and the privacy officer are told of it.
create table break_glass (
  patient text collate "C" not null,
  grant_id text collate "C" not null,
  user_id text not null,
  user_name text not null,
  user_role text not null,
  organisation text not null,
  opened_from text not null,
  -- `express-consent`, `law`, `overriding-interest`, `vital-interest`.
  reason_code text not null,
  reason text not null,
  at timestamptz not null default clock_timestamp(),
  until timestamptz not null,
  -- What the privacy officer found when they looked.
  reviewed timestamptz,
  reviewed_by text,
  finding text,
  primary key (patient, grant_id)
);
create index break_glass_to_review on break_glass (at) where reviewed is null;

-- What the person's active Consents deny: a row for each `deny` of a Consent, none for one that is not active.
create table choice (
  patient text collate "C" not null,
  consent text collate "C" not null,
  place integer not null,
  -- ODS code of an organisation that may not look; null: nobody may.
  to_organisation text,
  -- Source whose statements are kept back; null: every source's.
  from_source text,
  -- `general`, `mental`, `sexual`, `social`; null: every kind.
  kind text check (kind in ('general', 'mental', 'sexual', 'social')),
  primary key (patient, consent, place)
);

-- Single items that the person has sealed. What is linked to one is sealed with it, through the labels.
create table sealed_item (
  patient text collate "C" not null,
  type text collate "C" not null,
  id text collate "C" not null,
  consent text collate "C" not null,
  primary key (patient, type, id, consent)
);
