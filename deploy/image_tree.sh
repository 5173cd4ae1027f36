#!/bin/sh
# What an image of opblok holds besides Python itself: `image_tree.sh SERVICE TREE [PLACE]`, from the root of the checkout.
# deploy/Dockerfile runs it, and deploy/try_image_steps.sh the same way without Docker.
# SERVICE is a folder of services/, or `tools` for the command line; TREE is made; PLACE is where it will lie in the image.
# The same sources and locks give the same bytes: no time, no path of this build stays behind.
set -eu
umask 022

SERVICE=$1 TREE=$2 PLACE=${3:-$2}
PYTHON=${PYTHON:-python3}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1577836800}
PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0
export SOURCE_DATE_EPOCH PYTHONDONTWRITEBYTECODE PYTHONHASHSEED

case $SERVICE in
    tools) project=tools/opblok package=opblok starts='-m opblok' ;;
    *) project=services/$SERVICE package=$SERVICE starts="-m chassis.process $SERVICE" ;;
esac
[ -f "$project/pyproject.toml" ] || { echo "image: there is no service '$SERVICE'" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# the tools that build, by their hashes
"$PYTHON" -m venv "$work/build"
"$work/build/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r deploy/build.lock

# our own packages, from copies: nothing is written into the sources
for each in contracts libs/kernel libs/chassis "$project"; do
    mkdir -p "$work/src/$each"
    (cd "$each" && tar -cf - --exclude=tests --exclude=__pycache__ .) | tar -xf - -C "$work/src/$each"
    (cd "$work/src/$each" && "$work/build/bin/python" -m hatchling build -t wheel -d "$work/wheels" >"$work/log" 2>&1) ||
        { cat "$work/log" >&2; exit 1; }
done

# nothing but wheels, and none that the lock does not know by its hash
uv=$work/build/bin/uv
"$uv" venv --quiet --python "$("$PYTHON" -c 'import sys; print(sys.executable)')" "$TREE"
"$uv" pip install --quiet --python "$TREE/bin/python" --link-mode copy --only-binary :all: \
    --verify-hashes --constraints deploy/requirements.lock "$work"/wheels/*.whl
"$uv" pip freeze --quiet --python "$TREE/bin/python" | grep -v '^opblok-' | sort >"$work/installed"
while read -r each; do
    grep -qF "$each " deploy/requirements.lock || { echo "image: $each is not locked" >&2; exit 1; }
done <"$work/installed"

# no scripts of others, no trace of where and when it was built
find "$TREE/bin" -mindepth 1 ! -name 'python*' -delete
find "$TREE" \( -name direct_url.json -o -name uv_cache.json -o -name RECORD -o -name REQUESTED -o -name __pycache__ \
    -o -name .lock -o -name .gitignore -o -name CACHEDIR.TAG \) -prune -exec rm -rf {} +
sed -i '/^uv = /d' "$TREE/pyvenv.cfg"
printf '#!/bin/sh\nexec %s/bin/python %s "$@"\n' "$PLACE" "$starts" >"$TREE/bin/serve"
printf '#!/bin/sh\nexec %s/bin/python -m chassis.probe\n' "$PLACE" >"$TREE/bin/healthy"
[ "$SERVICE" != tools ] || ln -s serve "$TREE/bin/opblok"
chmod 755 "$TREE/bin/serve" "$TREE/bin/healthy"

# byte code that names no time: checked against nothing, since nobody writes here
"$TREE/bin/python" -m compileall -q -j 0 --invalidation-mode unchecked-hash -s "$TREE" -p "$PLACE" "$TREE/lib"
chmod -R go=rX,a-w "$TREE"
find "$TREE" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
echo "image: $package: $(wc -l <"$work/installed") locked packages, $(du -sm "$TREE" | cut -f 1) MB"
