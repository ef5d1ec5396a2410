-- Moments outside the years 0001 to 9999 cannot be written as RFC 3339 has them; one made its whole list unreadable.
update token set expires_at = timestamptz '9999-12-31 23:59:59.999+00' where expires_at > timestamptz '9999-12-31 23:59:59.999+00';
update token set expires_at = timestamptz '0001-01-01 00:00:00+00' where expires_at < timestamptz '0001-01-01 00:00:00+00';
update pool set expires_at = timestamptz '9999-12-31 23:59:59.999+00' where expires_at > timestamptz '9999-12-31 23:59:59.999+00';
update pool set expires_at = timestamptz '0001-01-01 00:00:00+00' where expires_at < timestamptz '0001-01-01 00:00:00+00';
update resource set dismissed_until = timestamptz '9999-12-31 23:59:59.999+00' where dismissed_until > timestamptz '9999-12-31 23:59:59.999+00';
update resource set dismissed_until = timestamptz '0001-01-01 00:00:00+00' where dismissed_until < timestamptz '0001-01-01 00:00:00+00';
