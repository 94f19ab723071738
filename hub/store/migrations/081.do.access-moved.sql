-- Where two records turned out to be one person's, what was decided about either holds for the joined one. Which of the two it
-- was decided about is kept, so that it goes back when they turn out to be two people after all.
alter table relationship add column moved_from text collate "C";
alter table break_glass add column moved_from text collate "C";
alter table choice add column moved_from text collate "C";
alter table sealed_item add column moved_from text collate "C";
