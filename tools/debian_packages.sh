#!/bin/sh
# Programs that some tests need and no package registry has: from Debian, where this is root on a system that has apt-get.
# `sh tools/debian_packages.sh [PURPOSE]...`, else for all purposes. It never fails: without a program its tests are skipped,
# and this says why in one line.
PATH=$PATH:/usr/sbin:/usr/bin
updated=

# purpose: what tests do with it; have: whether it is there; fetch: how it comes
have_telephony() { command -v kamailio && command -v sipp; } >/dev/null 2>&1
fetch_telephony() { installed kamailio kamailio-extra-modules kamailio-utils-modules sip-tester; }

have_promtool() { command -v promtool; } >/dev/null 2>&1
fetch_promtool() { unpacked prometheus usr/bin/promtool; } # the tool alone: the package would start a server

have_kubectl() { command -v kubectl; } >/dev/null 2>&1
fetch_kubectl() { unpacked kubernetes-client usr/bin/kubectl; }

have_kcat() { command -v kcat && command -v jq; } >/dev/null 2>&1
fetch_kcat() { installed kcat jq; }

quietly() { # seconds it may take at most, what to do
    within=$1
    shift
    DEBIAN_FRONTEND=noninteractive timeout "$within" "$@" >/dev/null 2>&1 </dev/null
}

update() { [ -n "$updated" ] || { quietly 120 apt-get -qq update && updated=yes; }; }

installed() { update && quietly 300 apt-get -qq install -y --no-install-recommends "$@"; }

unpacked() { # package, the program in it
    scratch=$(mktemp -d) || return 1
    update && (cd "$scratch" && quietly 300 apt-get -qq download "$1" && quietly 60 dpkg-deb -x ./*.deb .) &&
        install -m 755 "$scratch/$2" /usr/local/bin/
    came=$?
    rm -rf "$scratch"
    return $came
}

for purpose in ${*:-telephony promtool kubectl kcat}; do
    "have_$purpose" && continue
    if [ "$(id -u)" != 0 ]; then why="not root"
    elif ! command -v apt-get >/dev/null 2>&1; then why="no apt-get here"
    else
        "fetch_$purpose"
        "have_$purpose" && continue
        why="apt-get could not fetch it"
    fi
    echo "packages: $purpose is not here ($why); the tests that need it are skipped"
done
exit 0
