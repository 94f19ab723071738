-- A plan that a connection made while a table was a page long would read the whole of it when it has grown, until the database
-- counts it anew. These are looked up by key whatever the size.
alter function access_facts(text, text, text, text, text) set enable_seqscan = off;
alter function reading_with(text, timestamptz) set enable_seqscan = off;
