-- The store's first schema. Integer keys are local to a file and never shown: what names a row to the outside is the
-- content id (article id, CURIE, claim id, evidence id). docs/schema.md describes every table.

CREATE TABLE article (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  abstract TEXT NOT NULL,
  journal TEXT,
  year INTEGER,
  doi TEXT,
  design TEXT NOT NULL,
  n INTEGER,
  retracted INTEGER NOT NULL,
  concern INTEGER NOT NULL,
  corrected INTEGER NOT NULL,
  synthetic INTEGER NOT NULL,
  -- graphs/cohorts.py: articles of one cluster report the same study, those of one cohort perhaps the same patients
  cluster TEXT,
  cohort TEXT,
  -- all of the record but title and abstract, as JSON
  record TEXT NOT NULL,
  -- the Study read off the article, as JSON
  study TEXT NOT NULL
) STRICT;
CREATE INDEX article_cohort ON article (cohort);

CREATE VIRTUAL TABLE article_fts USING fts5 (
  title, abstract, content = 'article', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_fts_insert AFTER INSERT ON article BEGIN
  INSERT INTO article_fts (rowid, title, abstract) VALUES (new.key, new.title, new.abstract);
END;
CREATE TRIGGER article_fts_delete AFTER DELETE ON article BEGIN
  INSERT INTO article_fts (article_fts, rowid, title, abstract) VALUES ('delete', old.key, old.title, old.abstract);
END;

CREATE TABLE sentence (
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  passage INTEGER NOT NULL,
  PRIMARY KEY (article, start, "end")
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
  key INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  type TEXT NOT NULL,
  concept TEXT,
  name TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX mention_article ON mention (article, start);
CREATE INDEX mention_concept ON mention (concept) WHERE concept IS NOT NULL;

-- What a claim's end is about: a concept or, unlinked, the words (Argument.key).
CREATE TABLE node (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  concept TEXT,
  -- the concept's preferred name and type or, unlinked, the first of its names; set by assembly
  name TEXT NOT NULL DEFAULT '',
  type TEXT NOT NULL DEFAULT ''
) STRICT;

-- The names and types under which extractors gave a node.
CREATE TABLE argument (
  key INTEGER PRIMARY KEY,
  node INTEGER NOT NULL REFERENCES node (key),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  -- the name as compared with what a person types (graphs/names.py)
  fold TEXT NOT NULL,
  UNIQUE (node, name, type)
) STRICT;
CREATE INDEX argument_fold ON argument (fold);

-- A claim with what assembly made of its evidence; `fresh` is 0 where evidence changed since.
CREATE TABLE claim (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  subject INTEGER NOT NULL REFERENCES node (key),
  predicate TEXT NOT NULL,
  object INTEGER NOT NULL REFERENCES node (key),
  fresh INTEGER NOT NULL DEFAULT 0,
  verdict TEXT NOT NULL DEFAULT '',
  belief REAL NOT NULL DEFAULT 0,
  opposed REAL NOT NULL DEFAULT 0,
  evidence INTEGER NOT NULL DEFAULT 0,
  articles INTEGER NOT NULL DEFAULT 0,
  studies INTEGER NOT NULL DEFAULT 0,
  patients_low INTEGER,
  patients_high INTEGER,
  retracted INTEGER NOT NULL DEFAULT 0,
  first_year INTEGER,
  last_year INTEGER,
  -- the evidence that shows the claim best, for tables
  quote INTEGER
) STRICT;
CREATE UNIQUE INDEX claim_subject ON claim (subject, predicate, object);
CREATE INDEX claim_object ON claim (object, predicate, belief);
CREATE INDEX claim_stale ON claim (key) WHERE fresh = 0;
CREATE INDEX claim_predicate ON claim (predicate, belief);

CREATE TABLE evidence (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  claim INTEGER NOT NULL REFERENCES claim (key),
  subject INTEGER NOT NULL REFERENCES argument (key),
  object INTEGER NOT NULL REFERENCES argument (key),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  section TEXT NOT NULL,
  extractor TEXT NOT NULL,
  effect TEXT,
  negated INTEGER NOT NULL,
  certainty TEXT NOT NULL,
  score REAL NOT NULL,
  -- JSON: [[start, end], …] and [[role, start, end], …]
  subject_spans TEXT NOT NULL,
  object_spans TEXT NOT NULL,
  cues TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_claim ON evidence (claim);
CREATE INDEX evidence_article ON evidence (article);

CREATE TABLE course (
  key INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  condition INTEGER REFERENCES argument (key),
  condition_spans TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  prior_reason TEXT,
  mode TEXT NOT NULL,
  patients INTEGER,
  responders INTEGER,
  patients_start INTEGER,
  patients_end INTEGER,
  responders_start INTEGER,
  responders_end INTEGER,
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX course_article ON course (article);
CREATE INDEX course_condition ON course (condition);

CREATE TABLE course_drug (
  course INTEGER NOT NULL REFERENCES course (key) ON DELETE CASCADE,
  -- 'current' or 'prior'
  role TEXT NOT NULL,
  position INTEGER NOT NULL,
  argument INTEGER NOT NULL REFERENCES argument (key),
  spans TEXT NOT NULL,
  PRIMARY KEY (course, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX course_drug_argument ON course_drug (argument, role);

CREATE TABLE concept (
  curie TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  synonyms TEXT NOT NULL,
  xrefs TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE concept_parent (
  child TEXT NOT NULL,
  parent TEXT NOT NULL,
  PRIMARY KEY (child, parent)
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_parent_up ON concept_parent (parent, child);

CREATE TABLE name (
  key INTEGER PRIMARY KEY,
  curie TEXT NOT NULL,
  name TEXT NOT NULL,
  fold TEXT NOT NULL,
  preferred INTEGER NOT NULL
) STRICT;
CREATE INDEX name_fold ON name (fold);
CREATE INDEX name_curie ON name (curie);
CREATE VIRTUAL TABLE name_fts USING fts5 (
  name, content = 'name', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
);
CREATE TRIGGER name_fts_insert AFTER INSERT ON name BEGIN
  INSERT INTO name_fts (rowid, name) VALUES (new.key, new.name);
END;
CREATE TRIGGER name_fts_delete AFTER DELETE ON name BEGIN
  INSERT INTO name_fts (name_fts, rowid, name) VALUES ('delete', old.key, old.name);
END;

-- The ledger: what was read with what, what failed; and the runs.
CREATE TABLE extraction (
  article TEXT PRIMARY KEY,
  raw_hash TEXT NOT NULL,
  stage_key TEXT NOT NULL,
  -- 'done' or 'quarantined'
  status TEXT NOT NULL,
  error TEXT NOT NULL,
  traceback TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX extraction_status ON extraction (status);

CREATE TABLE run (
  number INTEGER PRIMARY KEY,
  manifest TEXT NOT NULL
) STRICT;

-- What a claim was after each run that changed it; `verdict` '' where it had gone.
CREATE TABLE claim_history (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  claim TEXT NOT NULL,
  verdict TEXT NOT NULL,
  belief REAL NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (claim, run)
) STRICT, WITHOUT ROWID;
