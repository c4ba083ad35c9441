-- What takes a side (effective, ineffective, mixed …) is shown before what was only given, planned or asked.
DROP INDEX claim_rank;
DROP INDEX claim_object_rank;
DROP INDEX claim_subject_rank;
ALTER TABLE claim DROP COLUMN weight;
ALTER TABLE claim ADD COLUMN weight REAL GENERATED ALWAYS AS (
  max(belief, opposed) + (verdict NOT IN ('unspecified', 'investigated', 'retracted', ''))
) VIRTUAL;
CREATE INDEX claim_rank ON claim (predicate, weight DESC, articles DESC, id, object);
CREATE INDEX claim_object_rank ON claim (object, predicate, weight DESC, articles DESC, id);
CREATE INDEX claim_subject_rank ON claim (subject, predicate, weight DESC, articles DESC, id);
