-- Whose finding a sentence tells: 'novel' (the study's own) or 'background'.
-- Evidence of an older file has none until its article is read again: its extraction key has changed.
ALTER TABLE evidence ADD COLUMN origin TEXT;
