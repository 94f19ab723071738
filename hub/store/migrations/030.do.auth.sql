-- What the authorization server must remember: sessions, grants, codes, tokens, launch handles, used assertions, keys.
-- One table, because all of it is the same thing: a secret's digest, what it stands for, until when, and whether it was
-- used. Tokens are kept as digests only, so that a copy of the database opens nothing.
CREATE TABLE auth_record (
  kind text NOT NULL,
  key text NOT NULL,
  payload text NOT NULL,
  -- The authorization it belongs to; revoking one deletes all its rows.
  grant_id text,
  uid text,
  used_at timestamptz,
  -- NULL: kept for good (keys).
  expires_at timestamptz,
  PRIMARY KEY (kind, key)
);

CREATE INDEX auth_record_grant ON auth_record (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX auth_record_uid ON auth_record (kind, uid) WHERE uid IS NOT NULL;
CREATE INDEX auth_record_expiry ON auth_record (expires_at) WHERE expires_at IS NOT NULL;
