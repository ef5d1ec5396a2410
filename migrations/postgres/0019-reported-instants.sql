-- What collectors reported as the time of a listing, and the ends of what people ignore, which stand in JSON too.
update pool set last_sync_at = timestamptz '0001-01-01 00:00:00+00' where last_sync_at < timestamptz '0001-01-01 00:00:00+00';
update network set first_seen_at = timestamptz '0001-01-01 00:00:00+00' where first_seen_at < timestamptz '0001-01-01 00:00:00+00';
update network set last_seen_at = timestamptz '0001-01-01 00:00:00+00' where last_seen_at < timestamptz '0001-01-01 00:00:00+00';
update scope set collected_at = timestamptz '0001-01-01 00:00:00+00' where collected_at < timestamptz '0001-01-01 00:00:00+00';
update scope set complete_at = timestamptz '0001-01-01 00:00:00+00' where complete_at < timestamptz '0001-01-01 00:00:00+00';
update resource set first_seen_at = timestamptz '0001-01-01 00:00:00+00' where first_seen_at < timestamptz '0001-01-01 00:00:00+00';
update resource set last_seen_at = timestamptz '0001-01-01 00:00:00+00' where last_seen_at < timestamptz '0001-01-01 00:00:00+00';
update resource set orphaned_at = timestamptz '0001-01-01 00:00:00+00' where orphaned_at < timestamptz '0001-01-01 00:00:00+00';
-- The years from 10000 on are written with a sign.
update resource set dismissals = (
  select jsonb_object_agg(
    key, case when value ->> 'until' like '+%' then jsonb_set(value, '{until}', '"9999-12-31T23:59:59.999Z"') else value end
  )
  from jsonb_each(dismissals)
)
where exists (select 1 from jsonb_each(dismissals) where value ->> 'until' like '+%');
