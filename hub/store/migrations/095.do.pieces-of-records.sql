-- Whose record holds a row is asked by the row's name: a row that is taken back, or a slot that is given up, may come without a word on whom it was about.
create index feed_piece_of_record on feed_piece (source, name) where scope = 'record';
