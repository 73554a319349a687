-- What a task costs the operator: as the engine said before it was started, and as it said in the end. Micro-dollars.

ALTER TABLE task ADD COLUMN quoted_cost INTEGER CHECK (quoted_cost >= 0);
ALTER TABLE task ADD COLUMN cost INTEGER CHECK (cost >= 0);

CREATE INDEX task_created ON task (created_at);
