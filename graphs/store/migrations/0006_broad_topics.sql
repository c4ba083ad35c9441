-- Topics with thousands of kinds, and what pages show of them, answered by rows that are kept up to date.

-- Every concept that a concept is a kind of, near or far: made anew when a link changes (graphs/store/hierarchy.py).
CREATE TABLE kind (
  ancestor TEXT NOT NULL,
  child TEXT NOT NULL,
  PRIMARY KEY (ancestor, child)
) STRICT, WITHOUT ROWID;
CREATE INDEX kind_up ON kind (child, ancestor);
INSERT INTO kind
WITH RECURSIVE up (child, ancestor) AS (
  SELECT child, parent FROM concept_parent
  UNION SELECT up.child, p.parent FROM up JOIN concept_parent p ON p.child = up.ancestor
)
SELECT ancestor, child FROM up WHERE ancestor <> child ORDER BY ancestor, child;

-- The nodes that a topic stands for: its own, and those of its kinds.
CREATE TABLE topic_node (
  topic TEXT NOT NULL,
  node INTEGER NOT NULL,
  PRIMARY KEY (topic, node)
) STRICT, WITHOUT ROWID;
INSERT INTO topic_node
SELECT id, key FROM node UNION SELECT k.ancestor, n.key FROM kind k JOIN node n ON n.id = k.child ORDER BY 1, 2;
CREATE TRIGGER node_added AFTER INSERT ON node BEGIN
  INSERT OR IGNORE INTO topic_node SELECT new.id, new.key UNION SELECT ancestor, new.key FROM kind WHERE child = new.id;
END;
CREATE TRIGGER node_gone AFTER DELETE ON node BEGIN
  DELETE FROM topic_node WHERE node = old.key
    AND topic IN (SELECT old.id UNION SELECT ancestor FROM kind WHERE child = old.id);
  DELETE FROM strongest WHERE node = old.key;
END;

-- How many claims have a node at an end, in all and by end and predicate.
ALTER TABLE node ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;
-- 0 where the node's claims changed since assembly looked for the strongest.
ALTER TABLE node ADD COLUMN ranked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX node_unranked ON node (key) WHERE ranked = 0;
CREATE TABLE node_claims (
  node INTEGER NOT NULL,
  side TEXT NOT NULL,
  predicate TEXT NOT NULL,
  claims INTEGER NOT NULL,
  PRIMARY KEY (node, side, predicate)
) STRICT, WITHOUT ROWID;
INSERT INTO node_claims
SELECT subject, 'subject', predicate, count(*) FROM claim GROUP BY 1, 3
UNION ALL SELECT object, 'object', predicate, count(*) FROM claim GROUP BY 1, 3;
UPDATE node SET claims = (SELECT coalesce(sum(n.claims), 0) FROM node_claims n WHERE n.node = node.key);
CREATE INDEX node_spoken_of ON node (claims DESC, id);
CREATE TRIGGER claim_added AFTER INSERT ON claim BEGIN
  UPDATE node SET claims = claims + 1, ranked = 0 WHERE key = new.subject;
  UPDATE node SET claims = claims + 1, ranked = 0 WHERE key = new.object;
  INSERT INTO node_claims VALUES (new.subject, 'subject', new.predicate, 1), (new.object, 'object', new.predicate, 1)
    ON CONFLICT DO UPDATE SET claims = claims + 1;
END;
CREATE TRIGGER claim_gone AFTER DELETE ON claim BEGIN
  UPDATE node SET claims = claims - 1, ranked = 0 WHERE key = old.subject;
  UPDATE node SET claims = claims - 1, ranked = 0 WHERE key = old.object;
  UPDATE node_claims SET claims = claims - 1
    WHERE node = old.subject AND side = 'subject' AND predicate = old.predicate;
  UPDATE node_claims SET claims = claims - 1 WHERE node = old.object AND side = 'object' AND predicate = old.predicate;
  DELETE FROM node_claims WHERE node IN (old.subject, old.object) AND claims = 0;
  DELETE FROM strongest WHERE node IN (old.subject, old.object) AND claim = old.key;
END;
-- The strongest claim from (side 0) and to (side 1) a node that may be walked along (graphs/store/walks.py), as assembly
-- found it, with the claim's columns: the ring around a topic of thousands of nodes is read in one go.
CREATE TABLE strongest (
  node INTEGER NOT NULL,
  side INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  subject INTEGER NOT NULL,
  predicate TEXT NOT NULL,
  object INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  belief REAL NOT NULL,
  PRIMARY KEY (node, side)
) STRICT, WITHOUT ROWID;
-- Claims of a verdict in the order in which they are shown.
CREATE INDEX claim_verdict_rank ON claim (verdict, predicate, weight DESC, articles DESC, id);

-- What is asked of an article beside its text, which lies in the way of all columns behind it.
CREATE INDEX article_facts ON article (key, id, year, design, n, retracted, cluster, cohort);
DROP INDEX evidence_claim;
CREATE INDEX evidence_claim ON evidence (claim, article, negated, effect);

-- Directions of a claim, or of two claims, that cannot both hold, and the strongest sentence of either side: written
-- by assembly (graphs/contradictions.py).
CREATE TABLE contradiction (
  key INTEGER PRIMARY KEY,
  claim INTEGER NOT NULL REFERENCES claim (key) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES claim (key) ON DELETE CASCADE,
  direction TEXT NOT NULL,
  other_direction TEXT NOT NULL,
  belief REAL NOT NULL,
  other_belief REAL NOT NULL,
  evidence INTEGER NOT NULL,
  other_evidence INTEGER NOT NULL,
  -- the weaker side's belief: the order in which contradictions are shown
  weight REAL NOT NULL
) STRICT;
CREATE INDEX contradiction_rank ON contradiction (weight DESC, claim, other);
CREATE INDEX contradiction_claim ON contradiction (claim);
CREATE INDEX contradiction_other ON contradiction (other);
-- The next assembly writes them.
UPDATE claim SET fresh = 0 WHERE opposed > 0 OR predicate IN ('increases', 'decreases');

-- Patients and responders of a condition and a treatment, each cohort once (graphs/findings.py); `fresh` as of claims.
CREATE TABLE finding (
  key INTEGER PRIMARY KEY,
  condition INTEGER NOT NULL REFERENCES node (key),
  -- ids of the drugs, sorted, a line each
  drugs TEXT NOT NULL,
  fresh INTEGER NOT NULL DEFAULT 0,
  articles INTEGER NOT NULL DEFAULT 0,
  studies INTEGER NOT NULL DEFAULT 0,
  condition_name TEXT NOT NULL DEFAULT '',
  treatment TEXT NOT NULL DEFAULT '',
  patients_low INTEGER,
  patients_high INTEGER,
  responders_low INTEGER,
  responders_high INTEGER,
  counted_low INTEGER,
  counted_high INTEGER,
  by_design TEXT NOT NULL DEFAULT '',
  reviews TEXT NOT NULL DEFAULT '',
  -- the largest course
  course INTEGER,
  -- names as they are sorted
  condition_fold TEXT NOT NULL DEFAULT '',
  treatment_fold TEXT NOT NULL DEFAULT '',
  UNIQUE (condition, drugs)
) STRICT;
CREATE INDEX finding_stale ON finding (key) WHERE fresh = 0;
ALTER TABLE course ADD COLUMN finding INTEGER REFERENCES finding (key);
CREATE INDEX course_finding ON course (finding);
CREATE INDEX finding_rank ON finding (coalesce(patients_low, 0) DESC, condition_fold, treatment_fold);
CREATE TEMP TABLE given AS
SELECT c.key AS course, g.node AS condition, (
  SELECT group_concat(id, char(10)) FROM (
    SELECT DISTINCT n.id FROM course_drug d JOIN argument x ON x.key = d.argument JOIN node n ON n.key = x.node
    WHERE d.course = c.key AND d.role = 'current' ORDER BY n.id
  )
) AS drugs FROM course c JOIN argument g ON g.key = c.condition;
INSERT INTO finding (condition, drugs) SELECT DISTINCT condition, drugs FROM given WHERE drugs IS NOT NULL ORDER BY 1, 2;
UPDATE course SET finding = f.key FROM given g JOIN finding f ON f.condition = g.condition AND f.drugs = g.drugs
WHERE g.course = course.key;
DROP TABLE given;

-- What the store holds (graphs/store/counts.py), as assembly counted it; empty once an article came or went.
CREATE TABLE statistic (
  place INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  value TEXT NOT NULL,
  count INTEGER NOT NULL
) STRICT;
