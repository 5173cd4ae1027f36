#!/bin/sh
# The steps of deploy/Dockerfile without Docker: `try_image_steps.sh SERVICE FOLDER [--twice]`, from the root of the checkout.
# In FOLDER, which must not exist: `src`, no more than the build's context; `opblok`, the image's tree; `content`, a digest
# of each file in it. `--twice` builds another one elsewhere and compares: the same bytes.
# tests/deploy/test_an_image_by_hand.py starts a service from it, as a user who owns nothing.
set -eu
umask 022
[ $# -ge 2 ] || { sed -n 2,5p "$0" >&2; exit 2; }
SERVICE=$1 FOLDER=$2 TWICE=${3:-}
PYTHON=${PYTHON:-python3}

mkdir "$FOLDER" "$FOLDER/src" "$FOLDER/home"
git ls-files -z --cached --others --exclude-standard contracts libs services tools/opblok \
    deploy/requirements.lock deploy/build.lock deploy/image_tree.sh |
    grep -zv -e '/tests/' | tar -cf - --null --files-from=- | tar -xf - -C "$FOLDER/src"

# nothing of this user's environment but what names a package index
build() {
    others=$(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p' |
        grep -vE '^(UV_|PIP_|HTTPS?_PROXY|https?_proxy|NO_PROXY|no_proxy|SSL_CERT_|REQUESTS_CA_)' | sed 's/^/-u /')
    # shellcheck disable=SC2086 # a list of names
    (cd "$FOLDER/src" && env $others PATH=/usr/local/bin:/usr/bin:/bin HOME="$FOLDER/home" PYTHON="$PYTHON" \
        sh deploy/image_tree.sh "$SERVICE" "$1" "$FOLDER/opblok")
}

content() {
    (cd "$1" && find . -type l -printf 'link to %l  %p\n' && find . -type f -print0 | xargs -0 sha256sum) | LC_ALL=C sort -k 2
}

build "$FOLDER/opblok"
content "$FOLDER/opblok" >"$FOLDER/content"
echo "image: $(wc -l <"$FOLDER/content") files, digest $(sha256sum <"$FOLDER/content" | cut -c 1-16)"
if [ "$TWICE" = --twice ]; then
    build "$FOLDER/again"
    content "$FOLDER/again" | diff "$FOLDER/content" - || { echo "image: two builds differ" >&2; exit 1; }
    echo "image: built twice, the same bytes"
fi
