-- Moments outside the years 0001 to 9999 cannot be written as RFC 3339 has them; one made its whole list unreadable.
update token set expires_at = 253402300799999 where expires_at > 253402300799999;
update token set expires_at = -62135596800000 where expires_at < -62135596800000;
update pool set expires_at = 253402300799999 where expires_at > 253402300799999;
update pool set expires_at = -62135596800000 where expires_at < -62135596800000;
update resource set dismissed_until = 253402300799999 where dismissed_until > 253402300799999;
update resource set dismissed_until = -62135596800000 where dismissed_until < -62135596800000;
