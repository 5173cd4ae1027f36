#!/bin/sh
# Who may do what on a Kafka with an authorizer: opblok's own services, and foreign subscribers. Safe to run again.
#
#   access.sh services USER                        opblok's services: all topics and groups
#   access.sh subscriber USER PREFIX RATE TOPIC... a foreign system: reads these topics and nothing else, in groups whose names begin
#                                                  with PREFIX, at most RATE bytes a second; it writes nothing
#   access.sh remove USER PREFIX TOPIC...          takes it back
#
# BOOTSTRAP is the broker's address, ADMIN a properties file that an administrator's client needs, PASSWORD_FILE holds the password
# that USER gets (SCRAM-SHA-512; not for `remove`). KAFKA_BIN is where Kafka's own tools lie, else they are looked for in PATH.
set -eu

: "${BOOTSTRAP:?host:port of a broker}" "${ADMIN:?a properties file of an administrator}"
KAFKA_BIN=${KAFKA_BIN:+$KAFKA_BIN/}

acls() { "${KAFKA_BIN}kafka-acls.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --force "$@" >/dev/null; }
configs() { "${KAFKA_BIN}kafka-configs.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --alter "$@" >/dev/null; }

# by a file, since arguments are seen by everybody on the machine
password() {
    settings=$(umask 077 && mktemp)
    trap 'rm -f "$settings"' EXIT
    printf 'SCRAM-SHA-512=iterations=8192,password=%s\n' "$(cat "${PASSWORD_FILE:?a file with the password}")" >"$settings"
    configs --entity-type users --entity-name "$1" --add-config-file "$settings"
}

named() { for topic in "$@"; do printf -- '--topic %s ' "$topic"; done; }

services() {
    password "$1"
    acls --add --allow-principal "User:$1" --topic '*' \
        --operation Read --operation Write --operation Create --operation Alter --operation DescribeConfigs --operation AlterConfigs
    acls --add --allow-principal "User:$1" --group '*' --operation Read
}

subscriber() {
    user=$1 prefix=$2 rate=$3
    shift 3
    password "$user"
    configs --entity-type users --entity-name "$user" --add-config "consumer_byte_rate=$rate,producer_byte_rate=1024,request_percentage=25"
    # shellcheck disable=SC2046 # topics' names have no spaces
    acls --add --allow-principal "User:$user" --operation Read $(named "$@")
    acls --add --allow-principal "User:$user" --operation Read --group "$prefix" --resource-pattern-type prefixed
}

remove() {
    user=$1 prefix=$2
    shift 2
    # shellcheck disable=SC2046 # topics' names have no spaces
    acls --remove --allow-principal "User:$user" --operation Read $(named "$@")
    acls --remove --allow-principal "User:$user" --operation Read --group "$prefix" --resource-pattern-type prefixed
    configs --entity-type users --entity-name "$user" --delete-config SCRAM-SHA-512
}

case ${1:-} in
    services | subscriber | remove) "$@" ;;
    *) sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
