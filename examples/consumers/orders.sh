#!/bin/sh
# New and cancelled orders, in the shell: Debian's `kcat` and `jq`, then `KAFKA=broker:9092 sh orders.sh`.
# What was seen is kept by jq while it runs; in real life: beside what you make of the facts.
# A pipe may end without a goodbye to its group: the short session gives its place to the next one soon.
kcat -b "${KAFKA:-127.0.0.1:19092}" -G "${GROUP:-example.shell}" -q -u -J \
    -X auto.offset.reset=earliest -X session.timeout.ms=6000 order.created order.cancelled |
    jq -nr --unbuffered '
        foreach (inputs | .headers |= ([range(0; length; 2) as $i | {(.[$i]): .[$i + 1]}] | add)) as $record ({};
            {seen: (.seen + {($record.headers.ce_id): true}), new: (.seen[$record.headers.ce_id] | not), $record})
        | select(.new and (.record.headers.ce_type | IN("order.created.v1", "order.cancelled.v1")))
        | "\(.record.headers.ce_type) \(.record.payload | fromjson | .order.number)"'
