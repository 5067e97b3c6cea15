# Démarre le pilote du navigateur, écrit « pret PORT », attend la fin des tests, efface tout.
command -v chromium >/dev/null && command -v chromedriver >/dev/null || { echo absent; exit 1; }

dossier=$(mktemp -d "${TMPDIR:-/tmp}/seuil-navigateur-XXXXXX")
ranger() {
    [ -n "$pilote" ] && kill "$pilote" 2>/dev/null && wait "$pilote"
    # Chromium voit son tube se fermer, et met un instant à finir d'écrire.
    for essai in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$dossier" 2>/dev/null && sleep 0.2 && [ ! -e "$dossier" ] && break
    done
}
trap ranger EXIT
trap 'exit 1' HUP INT TERM

# Profils, caches et fichiers temporaires du navigateur vont tous dans le dossier jetable.
TMPDIR="$dossier" HOME="$dossier" XDG_CONFIG_HOME="$dossier" XDG_CACHE_HOME="$dossier" \
    chromedriver --port=0 >"$dossier/journal" 2>&1 </dev/null &
pilote=$!

for essai in $(seq 1 100); do
    port=$(sed -n 's/.*started successfully on port \([0-9]*\).*/\1/p' "$dossier/journal")
    if [ -n "$port" ]; then
        echo "pret $port"
        cat >/dev/null
        exit 0
    fi
    sleep 0.1
done
echo "chromedriver : $(tail -n 3 "$dossier/journal" | tr '\n' ' ')"
exit 1
