-- When each reader last opened each person (T14): one row a pair, told to that reader alone and to nobody else. It says
-- nothing of what was read; the audit does that.
create table opening (
  patient text collate "C" not null,
  reader text collate "C" not null,
  -- The latest opening, and the latest one of the sitting before.
  last_at timestamptz not null,
  before_at timestamptz,
  primary key (patient, reader)
);
