-- A choice may hold for a time (Consent.provision.period). It is kept to while since <= now < until; null is without a bound.
-- Whoever reads `choice` to decide access adds: (since is null or since <= now()) and (until is null or until > now()).
-- Sealed items have none: a seal reaches linked items through their labels, and nobody settles those when a day ends.
alter table choice add column since timestamptz;
alter table choice add column until timestamptz;
create index sealed_item_by_consent on sealed_item (patient, consent);
