-- Claims in the order in which they are shown, so that the first hundred of a hub's thousands are read, not sorted.
ALTER TABLE claim ADD COLUMN weight REAL GENERATED ALWAYS AS (max(belief, opposed)) VIRTUAL;
DROP INDEX claim_object;
DROP INDEX claim_predicate;
CREATE INDEX claim_rank ON claim (predicate, weight DESC, articles DESC, id, object);
CREATE INDEX claim_object_rank ON claim (object, predicate, weight DESC, articles DESC, id);
CREATE INDEX claim_subject_rank ON claim (subject, predicate, weight DESC, articles DESC, id);
-- For walking from node to node by the strongest claims (graphs/paths.py).
CREATE INDEX claim_out ON claim (subject, belief DESC, predicate, verdict, object);
CREATE INDEX claim_in ON claim (object, belief DESC, predicate, verdict, subject);
CREATE INDEX claim_contested ON claim (opposed) WHERE opposed > 0;
