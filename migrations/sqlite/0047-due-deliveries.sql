-- What waits is tried by time where order does not matter.
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at, seq) where status = 'waiting';
