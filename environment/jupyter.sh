# Finds or sets up Jupyter for the scripts of this folder; source common.sh first. POSIX sh.

# has_jupyter PYTHON: whether it can run notebooks and write pages
has_jupyter() {
  "$1" -c 'import sys
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbconvert import HTMLExporter
sys.exit(sys.version_info < (3, 9))' > /dev/null 2>&1
}

# The Python behind the jupyter command, which need not be the first python3.
jupyter_python() {
  command_path=$(command -v jupyter) || return 1
  sed -n '1s/^#! *\([^ ]*python[^ ]*\).*/\1/p' "$command_path" 2> /dev/null
}

make_venv() {
  rm -rf "$venv"
  if "$python" -m venv "$venv"; then
    venv_pip="$venv/bin/python -m pip"
  else
    # Debian splits ensurepip off; a pip outside can serve the environment just as well.
    rm -rf "$venv"
    "$python" -m venv --without-pip "$venv" || return 1
    venv_pip="$python -m pip --python $venv/bin/python"
  fi
  # An index that is out of reach must fail in seconds: the distribution's packages come next.
  PIP_RETRIES=0 PIP_DEFAULT_TIMEOUT=15 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 \
    $venv_pip install -q "$@" || return 1
  has_jupyter "$venv/bin/python" || return 1
  echo "$*" > "$venv/complete"
}

# add_to_venv PACKAGE...: what is there stays when the packages cannot be had.
add_to_venv() {
  if [ ! -f "$venv/complete" ]; then
    make_venv nbconvert nbclient "$@" && return
    rm -rf "$venv"
    return 1
  fi
  venv_pip="$venv/bin/python -m pip"
  $venv_pip --version > /dev/null 2>&1 || venv_pip="$python -m pip --python $venv/bin/python"
  PIP_RETRIES=0 PIP_DEFAULT_TIMEOUT=15 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 $venv_pip install -q "$@"
}

install_from_apt() {
  DEBIAN_FRONTEND=noninteractive
  export DEBIAN_FRONTEND
  apt-get install -y --no-install-recommends jupyter-nbconvert python3-nbclient jupyter-client && return
  apt-get update \
    && apt-get install -y --no-install-recommends jupyter-nbconvert python3-nbclient jupyter-client
}

# Sets jupyter to a Python that has nbclient and nbconvert.
need_jupyter() {
  for candidate in "$python" /usr/bin/python3 "$(jupyter_python)"; do
    if [ -n "$candidate" ] && has_jupyter "$candidate"; then
      jupyter=$candidate
      return
    fi
  done
  jupyter=$venv/bin/python
  if [ -f "$venv/complete" ] && has_jupyter "$jupyter"; then
    return
  fi
  if step "set up Jupyter (pip)" make_venv nbconvert nbclient; then
    return
  fi
  pip_log=$step_log
  rm -rf "$venv"
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null 2>&1 \
    && step "set up Jupyter (apt)" install_from_apt && has_jupyter /usr/bin/python3; then
    jupyter=/usr/bin/python3
    return
  fi
  fail "Jupyter cannot be set up: connect to the network once, or install it ($(install_hint \
    'jupyter-nbconvert python3-nbclient jupyter-client' 'python3-nbconvert python3-nbclient' jupyterlab)); log: $pip_log"
}

# Sets jupyter to a Python that has JupyterLab as well.
need_lab() {
  for candidate in "$python" "$(jupyter_python)" "$venv/bin/python"; do
    if [ -n "$candidate" ] && "$candidate" -c 'import jupyterlab' > /dev/null 2>&1; then
      jupyter=$candidate
      return
    fi
  done
  step "set up JupyterLab (pip)" add_to_venv jupyterlab \
    || fail "JupyterLab cannot be set up: connect to the network once, or install it (pip install jupyterlab); log: $step_log"
  jupyter=$venv/bin/python
}

# Sets browser to a Python that can drive Chromium and has JupyterLab; empty where that is not to be
# had, after a line that says what is left out.
need_browser() {
  browser=
  if ! command -v chromedriver > /dev/null 2>&1; then
    echo "left out: pages and JupyterLab in a browser; there is no chromedriver ($(install_hint \
      'chromium chromium-driver' 'chromium chromedriver' chromedriver))"
    return
  fi
  for candidate in "$jupyter" "$python" "$(jupyter_python)" "$venv/bin/python"; do
    if [ -n "$candidate" ] && "$candidate" -c 'import jupyterlab, selenium' > /dev/null 2>&1; then
      browser=$candidate
      break
    fi
  done
  if [ -z "$browser" ]; then
    step "set up JupyterLab and Selenium (pip)" add_to_venv jupyterlab selenium \
      || { echo "left out: pages and JupyterLab in a browser; Selenium cannot be set up, log: $step_log"; return; }
    browser=$venv/bin/python
  fi
  reason=$("$browser" -c 'import browser; print(browser.missing())')
  if [ -n "$reason" ]; then
    echo "left out: pages and JupyterLab in a browser; $reason"
    browser=
  fi
}

# json_string TEXT: the text as a JSON string
json_string() {
  printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}

# Installs the checkout's kernel under the name that IJava and JJava use.
install_kernel() {
  spec=$jupyter_data/kernels/java
  mkdir -p "$spec"
  {
    printf '{\n  "argv": [\n    %s,\n' "$(json_string "$java")"
    for option in $(java_options); do
      printf '    %s,\n' "$(json_string "$option")"
    done
    printf '    "-cp",\n    %s,\n' "$(json_string "$classpath")"
    printf '    "dev.disentangle.kernel.Main",\n    "{connection_file}"\n  ],\n'
    printf '  "display_name": "Java",\n  "language": "java",\n  "interrupt_mode": "message",\n'
    printf '  "env": {\n    "MALLOC_TRIM_THRESHOLD_": "%s",\n    "MALLOC_MMAP_THRESHOLD_": "%s",\n' \
      "$MALLOC_TRIM_THRESHOLD_" "$MALLOC_MMAP_THRESHOLD_"
    printf '    "MALLOC_ARENA_MAX": "%s",\n    "GOMP_SPINCOUNT": "%s"\n  }\n}\n' "$MALLOC_ARENA_MAX" "$GOMP_SPINCOUNT"
  } > "$spec/kernel.json.$$"
  mv "$spec/kernel.json.$$" "$spec/kernel.json"
  export JUPYTER_PATH="$jupyter_data${JUPYTER_PATH:+:$JUPYTER_PATH}"
}

# Any other Java kernel finds the kit through the variables that IJava and JJava read. The kit's own
# kernel stays away: the library would take it for the one that runs, and show nothing.
use_foreign_kernel() {
  export IJAVA_CLASSPATH="$library${IJAVA_CLASSPATH:+:$IJAVA_CLASSPATH}"
  export JJAVA_CLASSPATH="$library${JJAVA_CLASSPATH:+:$JJAVA_CLASSPATH}"
}

# Jupyter's own folders stay in the checkout too, so that nothing depends on the home.
use_checkout_folders() {
  export JUPYTER_RUNTIME_DIR="$root/.jupyter/runtime"
  export IPYTHONDIR="$root/.jupyter/ipython"
}
