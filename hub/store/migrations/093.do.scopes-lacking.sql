-- What lacked something when it was told is told again once more of what is about nobody has come: found by what it is, not by reading every scope
-- of a source.
create index feed_scope_lacking on feed_scope (source) where digest = '' and told <> '{}' and waiting is null and problem is null;
