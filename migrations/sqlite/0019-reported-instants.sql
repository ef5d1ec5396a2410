-- What collectors reported as the time of a listing, and the ends of what people ignore, which stand in JSON too.
update pool set last_sync_at = -62135596800000 where last_sync_at < -62135596800000;
update network set first_seen_at = -62135596800000 where first_seen_at < -62135596800000;
update network set last_seen_at = -62135596800000 where last_seen_at < -62135596800000;
update scope set collected_at = -62135596800000 where collected_at < -62135596800000;
update scope set complete_at = -62135596800000 where complete_at < -62135596800000;
update resource set first_seen_at = -62135596800000 where first_seen_at < -62135596800000;
update resource set last_seen_at = -62135596800000 where last_seen_at < -62135596800000;
update resource set orphaned_at = -62135596800000 where orphaned_at < -62135596800000;
-- The years from 10000 on are written with a sign.
update resource set dismissals = (
  select json_group_object(
    key, json(case when value ->> 'until' like '+%' then json_set(value, '$.until', '9999-12-31T23:59:59.999Z') else value end)
  )
  from json_each(dismissals)
)
where exists (select 1 from json_each(dismissals) where value ->> 'until' like '+%');
