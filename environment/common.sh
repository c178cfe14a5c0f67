# Shared by the scripts of this folder, which source it. POSIX sh.
#
# What is set up stays inside the checkout: .jupyter (kernelspec), environment/.venv (Jupyter, when
# none is installed) and target (logs, pages). Only Maven and DJL keep their caches in the home.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
logs=$root/target/environment
venv=$root/environment/.venv
jupyter_data=$root/.jupyter/share/jupyter
classpath_file=$logs/classpath
library_file=$logs/classpath-library

# glibc otherwise hands the memory of every large tensor back to the system and asks for it again.
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-8589934592}"
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-8589934592}"
# Its other arenas, which Java's threads get, give memory back all the same.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
# PyTorch's threads wait for each other by spinning. Let them give up the processor sooner: beside
# another busy process a training is otherwise many times slower.
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-5000}"
export DISENTANGLE_MODE="${DISENTANGLE_MODE:-standard}"

fail() {
  printf 'error: %s\n' "$1" >&2
  exit 1
}

# install_hint APT DNF BREW: the command that installs a package on this machine
install_hint() {
  if command -v apt-get > /dev/null 2>&1; then
    echo "apt-get install $1"
  elif command -v dnf > /dev/null 2>&1; then
    echo "dnf install $2"
  elif command -v brew > /dev/null 2>&1; then
    echo "brew install $3"
  else
    echo "install $3 with your package manager"
  fi
}

# step NAME COMMAND...: runs a command with its output in a log, shows its name and seconds
step() {
  step_name=$1
  shift
  step_log=$logs/$(echo "$step_name" | tr -cs 'a-zA-Z0-9\n' '-').log
  step_begin=$(date +%s)
  printf '%s ... ' "$step_name"
  if "$@" > "$step_log" 2>&1; then
    printf '%s s\n' "$(($(date +%s) - step_begin))"
  else
    step_status=$?
    printf 'failed after %s s\n' "$(($(date +%s) - step_begin))"
    return "$step_status"
  fi
}

need_writable() {
  if ! mkdir -p "$logs" "$jupyter_data" 2> /dev/null || ! touch "$logs/.writable" 2> /dev/null; then
    fail "cannot write in $root: run as its owner, or clone into a folder that you own"
  fi
  rm -f "$logs/.writable"
}

# Two runs in one checkout take turns where they build and install; the notebooks run side by side.
lock_checkout() {
  exec 9> "$logs/lock" || fail "cannot write $logs/lock: is the disk full?"
  if command -v flock > /dev/null 2>&1; then
    flock -n 9 && return
    echo "waiting for another run in this checkout"
    flock 9
  elif [ -n "${python:-}" ]; then
    "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
  fi
}

unlock_checkout() {
  exec 9>&-
}

# java_feature JAVA: the feature release of a java command, such as 17; nothing when it does not run
java_feature() {
  "$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*".*/\2/p' | head -n 1
}

need_java() {
  java_hint=$(install_hint openjdk-17-jdk-headless java-17-openjdk-devel openjdk@17)
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, where there is no bin/java: set it to a JDK 17 or newer"
  else
    java=$(command -v java) || fail "no JDK found: JDK 17 or newer is needed ($java_hint)"
  fi
  java_release=$(java_feature "$java")
  [ -n "$java_release" ] || fail "$java does not run: JDK 17 or newer is needed ($java_hint)"
  [ "$java_release" -ge 17 ] || fail "$java is release $java_release: JDK 17 or newer is needed ($java_hint, or set JAVA_HOME)"
  "$java" --list-modules 2> /dev/null | grep -q '^jdk.jshell' \
    || fail "$java is a runtime without a compiler: a JDK is needed ($java_hint)"
}

need_maven() {
  command -v mvn > /dev/null 2>&1 || fail "Maven is not installed: Maven 3.6.3 or newer is needed ($(install_hint maven maven maven))"
}

need_python() {
  python=
  for candidate in "${DISENTANGLE_PYTHON:-}" python3 /usr/bin/python3; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 9))' > /dev/null 2>&1; then
      python=$candidate
      return
    fi
  done
  fail "no Python found: Python 3.9 or newer is needed ($(install_hint 'python3 python3-venv' python3 python))"
}

# has_room: whether the checkout's disk takes another 64 KiB; on a full one even the log is empty
has_room() {
  printf '%65536s' '' 2> /dev/null > "$logs/.room" && rm -f "$logs/.room" && return
  rm -f "$logs/.room"
  return 1
}

# explain_maven LOG: one line for the usual reasons, else the log's own errors
explain_maven() {
  if grep -q 'No space left on device' "$1" || ! has_room; then
    fail "the disk is full: make room, the build needs about 2 GiB (log: $1)"
  elif grep -q 'LocalRepositoryNotAccessible' "$1"; then
    fail "Maven cannot write its repository: name a folder that you own, export MAVEN_OPTS=-Dmaven.repo.local=FOLDER (log: $1)"
  elif grep -Eq 'Unknown host|UnknownHostException|Could not transfer|Connection (refused|timed out)|Network is unreachable|offline mode' "$1"; then
    fail "Maven cannot download what is missing: connect to the network once, or set a mirror in ~/.m2/settings.xml (log: $1)"
  fi
  grep '^\[ERROR\] .' "$1" | grep -Ev 'Help 1|-[eX] switch|For more information|mvn <args>|correcting the problems' \
    | head -n 20 >&2
  fail "the build failed (log: $1)"
}

# Whether jars and class path are newer than all they are made from and still there.
build_is_current() {
  [ -f "$classpath_file" ] && [ -f "$library_file" ] || return 1
  changed=$(cd "$root" && find pom.xml lib/pom.xml lib/src/main environment/kernel/pom.xml \
    environment/kernel/src/main environment/common.sh -newer "$classpath_file" 2> /dev/null | head -n 1)
  [ -z "$changed" ] || return 1
  tr ':' '\n' < "$classpath_file" | while read -r entry; do
    [ -e "$entry" ] || exit 1
  done
}

maven_package() {
  mvn -q -B "$@" -Dmaven.test.skip=true -Dspotless.check.skip=true package \
    dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile=target/classpath.txt
}

# package_jars [OPTION...]: asks the network only when something is missing, for what is out of reach
# costs Maven minutes.
package_jars() {
  cd "$root" || return
  maven_package -o "$@" > "$logs/build-offline.log" 2>&1 && return
  if grep -q 'COMPILATION ERROR' "$logs/build-offline.log"; then
    cat "$logs/build-offline.log"
    return 1
  fi
  maven_package "$@"
}

# keep_jar MODULE: copies what Maven built, and prints the copy's path. Maven writes its jars in
# place, which breaks kernels that still read them; a renamed file leaves them the old one.
keep_jar() {
  for jar in "$1"/target/disentangle*-SNAPSHOT.jar "$1"/target/disentangle*[0-9].jar; do
    [ -f "$jar" ] || continue
    kept=$logs/jars/$(basename "$jar")
    mkdir -p "$logs/jars" && cp "$jar" "$kept.new" && mv "$kept.new" "$kept" \
      || fail "cannot copy $jar to $kept: is the disk full?"
    echo "$kept"
    return
  done
  fail "the build left no jar in $1/target"
}

# The kit's own jars stand first, so that the kernel and the cells share one class loader.
build_kit() {
  lock_checkout
  if ! build_is_current; then
    rm -f "$classpath_file" "$library_file"
    step "build library and kernel" package_jars || explain_maven "$step_log"
    library_jar=$(keep_jar "$root/lib") && kernel_jar=$(keep_jar "$root/environment/kernel") || exit 1
    library=$library_jar:$(cat "$root/lib/target/classpath.txt")
    echo "$library" > "$library_file"
    echo "$library:$kernel_jar:$(cat "$root/environment/kernel/target/classpath.txt")" > "$classpath_file.new"
    mv "$classpath_file.new" "$classpath_file" || fail "cannot write $classpath_file: is the disk full?"
  fi
  library=$(cat "$library_file")
  classpath=$(cat "$classpath_file")
  unlock_checkout
}

# build_spark: the library and the module for clusters, which no other build makes
build_spark() {
  lock_checkout
  spark_file=$logs/classpath-spark
  if [ ! -f "$spark_file" ] || [ -n "$(cd "$root" && find pom.xml lib/pom.xml lib/src/main \
    environment/spark environment/common.sh -path '*/target' -prune -o -newer "$spark_file" -print \
    2> /dev/null | head -n 1)" ]; then
    rm -f "$spark_file"
    step "build library and Spark module" package_jars -Pspark -pl lib,environment/spark \
      || explain_maven "$step_log"
    library_jar=$(keep_jar "$root/lib") && spark_jar=$(keep_jar "$root/environment/spark") || exit 1
    # Maven names the library by the jar that it is building.
    echo "$library_jar:$spark_jar:$(cat "$root/environment/spark/target/classpath.txt")" > "$spark_file"
  fi
  spark_classpath=$(cat "$spark_file")
  unlock_checkout
}

# java_options: what every Java process of the kit is started with
java_options() {
  options="-Djava.awt.headless=true -Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
  # Without memory the threads that talk to Jupyter fail too, and it would wait for ever.
  options="$options -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"
  [ "$java_release" -lt 22 ] || options="$options --enable-native-access=ALL-UNNAMED"
  [ "$java_release" -lt 24 ] || options="$options --sun-misc-unsafe-memory-access=allow"
  echo "$options"
}
