#!/bin/sh
# Makes .venv from requirements.lock, with every project of the workspace in it; `--lock` writes the locks instead.
# Needs nothing but a Python of 3.11 or newer and a package index.
set -eu

PYTHON=${PYTHON:-python3}

fail() { printf 'opblok: %s\n  Remedy: %s\n' "$1" "$2" >&2; exit 1; }
step() { printf '%s\n' "env: $1"; }

command -v "$PYTHON" >/dev/null 2>&1 ||
    fail "there is no '$PYTHON'." "install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$PYTHON" --version) is too old." "install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11"
PYTHON=$("$PYTHON" -c 'import sys; print(sys.executable)')

find_uv() {
    if uv=$(command -v uv 2>/dev/null) && "$uv" --version >/dev/null 2>&1; then return; fi
    uv=.uv/bin/uv
    if [ -x "$uv" ]; then return; fi
    step "fetching uv"
    rm -rf .uv
    if "$PYTHON" -m venv .uv >/dev/null 2>&1; then
        .uv/bin/python -m pip install --quiet --disable-pip-version-check uv ||
            fail "uv could not be fetched." "check that a Python package index is reachable (pip config, HTTPS_PROXY)."
    elif "$PYTHON" -m pip --version >/dev/null 2>&1; then
        "$PYTHON" -m pip install --quiet --disable-pip-version-check --target .uv uv ||
            fail "uv could not be fetched." "check that a Python package index is reachable (pip config, HTTPS_PROXY)."
    else
        fail "this Python has neither venv nor pip." "apt-get install python3-venv (or your system's package)."
    fi
}

compile() {
    written=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-header "$@" -o "$written"
}

# shellcheck disable=SC2086 # $own is many words
lock() {
    step "resolving"
    own=$(for project in "$@"; do
        sed -n 's/^name = "\(.*\)"/--no-emit-package \1/p' "$project/pyproject.toml" | head -n 1
    done)
    compile requirements.lock pyproject.toml --group dev --group embedded $own
    # what images install: the same versions, without what development and the embedded mode need
    compile deploy/requirements.lock pyproject.toml --constraints requirements.lock $own
    compile deploy/build.lock --group image --constraints requirements.lock
    step "requirements.lock, deploy/requirements.lock and deploy/build.lock are written"
}

install() {
    begun=$(date +%s)
    if [ ! -x .venv/bin/python ]; then
        step "making .venv with $("$PYTHON" --version)"
        "$uv" venv --quiet --python "$PYTHON" .venv
    fi
    step "installing $(grep -c '^[a-z0-9].*==' requirements.lock) locked packages (the first time about 250 MB)"
    "$uv" pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock ||
        fail "the locked packages could not be installed." \
            "check that a Python package index is reachable (UV_DEFAULT_INDEX, HTTPS_PROXY, SSL_CERT_FILE)."
    step "installing opblok itself"
    editables=$(for project in "$@"; do printf -- '-e %s ' "./$project"; done)
    # shellcheck disable=SC2086
    "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation $editables
    step "ready after $(($(date +%s) - begun)) s"
}

find_uv
case ${1:-} in
    --lock) shift; lock "$@" ;;
    *) install "$@" ;;
esac
