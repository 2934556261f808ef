-- The longest life, in milliseconds, of the answers that were stored: so long a barrier is needed.
-- What was stored before this was known may live for ten years.
ALTER TABLE purge_log ADD COLUMN longest INTEGER NOT NULL DEFAULT 315360000000;
