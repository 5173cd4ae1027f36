#!/bin/sh
# What tests/deploy needs to ring by a real Kamailio: Debian's packages, where this is root on a system that has apt-get.
# It never fails: without them those tests are skipped, and this says why in one line.
PATH=$PATH:/usr/sbin:/usr/bin
PACKAGES="kamailio kamailio-extra-modules kamailio-utils-modules sip-tester"

have() { command -v kamailio && command -v sipp; } >/dev/null 2>&1

without() {
    echo "telephony: $1; the tests that ring by Kamailio are skipped"
    exit 0
}

# $1: seconds it may take at most
quietly() {
    within=$1
    shift
    DEBIAN_FRONTEND=noninteractive timeout "$within" apt-get -qq "$@" >/dev/null 2>&1 </dev/null
}

have && exit 0
[ "$(id -u)" = 0 ] || without "not root, so Kamailio and sipp can't be installed"
command -v apt-get >/dev/null 2>&1 || without "no apt-get here to install Kamailio and sipp by"
# shellcheck disable=SC2086 # a list of packages
quietly 120 update && quietly 300 install -y --no-install-recommends $PACKAGES
have || without "Kamailio and sipp can't be installed"
