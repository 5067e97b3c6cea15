# Démarre une grappe jetable, écrit « pret PORT PSQL », attend la fin des tests, efface tout.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
[ -x "$bin/initdb" ] || { echo absent; exit 1; }

# PostgreSQL refuse de tourner sous root.
if [ "$(id -u)" = 0 ]; then
    en_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups --reset-env "$@" </dev/null; }
else
    en_postgres() { "$@" </dev/null; }
fi

dossier=$(mktemp -d "${TMPDIR:-/tmp}/seuil-postgres-XXXXXX")
ranger() {
    en_postgres "$bin/pg_ctl" -D "$dossier/donnees" -m immediate stop >/dev/null
    rm -rf "$dossier"
}
trap ranger EXIT
trap 'exit 1' HUP INT TERM
[ "$(id -u)" = 0 ] && chown postgres:postgres "$dossier"
cd "$dossier"

# Sans écriture forcée sur le disque : la grappe ne survit pas aux tests.
en_postgres "$bin/initdb" -D "$dossier/donnees" -U essais --auth=trust -E UTF8 --locale=C.UTF-8 \
    --no-sync >"$dossier/initdb" 2>&1 || { echo "initdb : $(tr '\n' ' ' <"$dossier/initdb")"; exit 1; }

# Un port libre peut être pris entre-temps : on en essaie plusieurs.
for essai in 1 2 3 4 5 6 7 8; do
    port=$((20000 + ($(od -An -N2 -tu2 /dev/urandom) % 12000)))
    if en_postgres "$bin/pg_ctl" -D "$dossier/donnees" -w -l "$dossier/journal" -o \
        "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$dossier \
         -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" \
        start >/dev/null; then
        echo "pret $port $bin/psql"
        cat >/dev/null
        exit 0
    fi
done
echo "démarrage : $(tail -n 3 "$dossier/journal" | tr '\n' ' ')"
exit 1
