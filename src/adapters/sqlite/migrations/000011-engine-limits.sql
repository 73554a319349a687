-- Engines have limits of their own: a claim passes over tasks of those that are busy, and reads no more than this index for it.

DROP INDEX task_waiting;
CREATE INDEX task_waiting ON task (account_id, priority, sequence, engine) WHERE state = 'created' AND start_after IS NULL;

-- A task may queue again at a later moment: it then joins the queue as any delayed task does.

DROP TRIGGER task_is_queued_again;
CREATE TRIGGER task_is_queued_again AFTER UPDATE OF state ON task
WHEN OLD.state <> 'created' AND NEW.state = 'created' AND NEW.start_after IS NULL BEGIN
  UPDATE account_turn SET waiting = waiting + 1 WHERE account_id = NEW.account_id;
END;
