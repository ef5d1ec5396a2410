#!/usr/bin/env bash
# A streaming replica: copies the database on the first start, then follows it.
set -euo pipefail

if [[ ! -e $PGDATA ]] || rmdir "$PGDATA" 2>/dev/null; then
  mkdir -p "${PGDATA%/*}"
  rm -rf "$PGDATA.copy"
  pg_basebackup --host=database --username=replica --no-password --checkpoint=fast \
    --write-recovery-conf --pgdata="$PGDATA.copy"
  mv "$PGDATA.copy" "$PGDATA"
fi
exec "$@"
