#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL cluster, whose address it finds in SARNAKH_TEST_POSTGRES.
# An address that is set already is used as it is. Without PostgreSQL the command runs without it: tests
# then skip that engine and say so, or fail where CI is set.
#   FSYNC=on tools/with-postgres.sh make bench     # for measuring; tests need no durability of their cluster
set -euo pipefail

if [ -n "${SARNAKH_TEST_POSTGRES:-}" ]; then exec "$@"; fi

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null || echo /none/initdb)")
if [ ! -x "$bin/initdb" ]; then
  echo "with-postgres: no PostgreSQL found (looked for initdb); running without it" >&2
  exec "$@"
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/sarnakh-pg.XXXXXX")
chmod 711 "$dir"
as=()
if [ "$(id -u)" = 0 ]; then # initdb refuses root
  user=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$user" "$dir"
  as=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --)
fi
stop() {
  cd / && "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM

(
  cd "$dir"
  "${as[@]}" "$bin/initdb" -D "$dir/data" -U sarnakh -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -s -w start -o \
    "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=${FSYNC:-off} -c max_connections=200 -c shared_buffers=256MB ${PGOPTS_EXTRA:-}"
)
export SARNAKH_TEST_POSTGRES="postgres://sarnakh@/postgres?host=$dir"
"$@"
