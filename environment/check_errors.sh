#!/bin/sh
# Checks that what goes wrong ends with one line that says what and what to do, and an exit status
# that is not 0. Called by environment/verify, with the Python behind Jupyter as its argument. POSIX sh.
set -u

environment=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
jupyter=$1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0

# expect WORDS COMMAND...: the command fails and its one line of error holds the words
expect() {
  words=$1
  shift
  if "$@" > "$scratch/out" 2> "$scratch/err"; then
    problem="it ends with exit status 0"
  elif [ "$(grep -c . "$scratch/err")" != 1 ]; then
    problem="it does not write one line: $(cat "$scratch/err")"
  elif ! grep -q "^error: .*$words" "$scratch/err"; then
    problem="it says: $(cat "$scratch/err")"
  else
    return
  fi
  echo "error: where '$words' is expected, $problem" >&2
  failures=$((failures + 1))
}

# commands_without NAME: a folder with this machine's commands but one
commands_without() {
  mkdir "$scratch/without-$1"
  for folder in /bin /usr/bin; do
    ln -sf "$folder"/* "$scratch/without-$1/"
  done
  rm -f "$scratch/without-$1/$1"
  echo "$scratch/without-$1"
}

# notebook NAME SOURCE: writes a notebook of one cell, which needs no quotes inside the source
notebook() {
  printf '{"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],
  "source": "%s"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}\n' "$2" > "$scratch/$1"
}

# execute NAME [OPTION...]: runs a notebook of the scratch folder
execute() {
  name=$1
  shift
  "$jupyter" "$environment/execute.py" --out "$scratch/pages" "$@" "$scratch/$name"
}

mkdir -p "$scratch/jdk/bin"
printf '#!/bin/sh\necho '\''openjdk version "11.0.2" 2019-01-15'\'' >&2\n' > "$scratch/jdk/bin/java"
chmod +x "$scratch/jdk/bin/java"
expect 'JDK 17 or newer' env JAVA_HOME="$scratch/none" "$environment/run"
expect 'is release 11' env JAVA_HOME="$scratch/jdk" "$environment/run"
expect 'Maven is not installed' env PATH="$(commands_without mvn)" "$environment/run"
expect 'minimal, quick, standard or full' env DISENTANGLE_MODE=bad "$environment/run"
expect 'unknown option' "$environment/run" --nonsense
expect 'there is no notebook' "$environment/run" "$scratch/none.ipynb"

if unshare -m true 2> /dev/null; then
  # shellcheck disable=SC2016 # the inner shell expands it
  expect 'no Python found' env -u DISENTANGLE_PYTHON PATH="$(commands_without python3)" unshare -m sh -c \
    'mount --bind /dev/null "$(readlink -f /usr/bin/python3)" && exec "$1"' sh "$environment/run"
else
  echo "not checked: no Python (needs the right to make a mount namespace)"
fi

echo '{"a": 1}' > "$scratch/other.ipynb"
echo 'text' > "$scratch/text.ipynb"
notebook 'the end.ipynb' 'System.exit(7);'
notebook 'status of no memory.ipynb' 'System.exit(3);'
notebook 'halt.ipynb' 'Runtime.getRuntime().halt(7);'
notebook 'one.ipynb' '1'
expect 'not a notebook' execute other.ipynb
expect 'not a notebook' execute text.ipynb
expect 'no kernel named nonsense' execute one.ipynb --kernel nonsense
expect 'a cell called System.exit(7)' execute 'the end.ipynb'
expect 'a cell called System.exit(3)' execute 'status of no memory.ipynb'
expect 'exit status 7' execute 'halt.ipynb'

[ "$failures" = 0 ]
