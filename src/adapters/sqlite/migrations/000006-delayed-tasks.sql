-- Tasks that may not start before a moment of their own, and what the emulator does to a task. A delayed task is in state `created`,
-- but joins the queue, and counts as waiting, only when `start_after` is taken away from it.

ALTER TABLE task ADD COLUMN start_after INTEGER;
ALTER TABLE task ADD COLUMN emulation TEXT CHECK (json_valid(emulation));

DROP INDEX task_waiting;
CREATE INDEX task_waiting ON task (account_id, priority, sequence) WHERE state = 'created' AND start_after IS NULL;
CREATE INDEX task_start_after ON task (start_after) WHERE state = 'created' AND start_after IS NOT NULL;

DROP TRIGGER task_is_queued;
CREATE TRIGGER task_is_queued AFTER INSERT ON task WHEN NEW.state = 'created' BEGIN
  INSERT INTO account_turn (account_id, waiting, last_served) VALUES (NEW.account_id, NEW.start_after IS NULL, 0)
  ON CONFLICT (account_id) DO UPDATE SET waiting = waiting + excluded.waiting;
END;

CREATE TRIGGER delayed_task_is_queued AFTER UPDATE OF start_after ON task
WHEN OLD.start_after IS NOT NULL AND NEW.start_after IS NULL AND NEW.state = 'created' BEGIN
  UPDATE account_turn SET waiting = waiting + 1 WHERE account_id = NEW.account_id;
END;

DROP TRIGGER task_leaves_queue;
CREATE TRIGGER task_leaves_queue AFTER UPDATE OF state ON task
WHEN OLD.state = 'created' AND NEW.state <> 'created' AND OLD.start_after IS NULL BEGIN
  UPDATE account_turn SET waiting = waiting - 1 WHERE account_id = NEW.account_id;
END;
