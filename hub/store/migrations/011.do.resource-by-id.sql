-- A source that corrects whose event it was tells the same id of another person: the row it told before must be found in
-- whichever compartment it stands, or it would stay with the wrong person.
create index resource_by_id on resource (id);
