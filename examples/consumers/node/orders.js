// New and cancelled orders, in Node: `npm ci`, then `KAFKA=broker:9092 node orders.js`.
import { Kafka, logLevel } from "kafkajs";

const types = ["order.created.v1", "order.cancelled.v1"];
const seen = new Set(); // in real life: beside what you make of the facts, in the same write
const kafka = new Kafka({ brokers: [process.env.KAFKA ?? "127.0.0.1:19092"], logLevel: logLevel.ERROR });
const reader = kafka.consumer({ groupId: process.env.GROUP ?? "example.node" });

await reader.connect();
await reader.subscribe({ topics: ["order.created", "order.cancelled"], fromBeginning: true });
await reader.run({
    eachMessage: async ({ message }) => {
        const { ce_type, ce_id } = message.headers;
        if (!types.includes(String(ce_type)) || seen.has(String(ce_id))) return;
        seen.add(String(ce_id));
        console.log(`${ce_type} ${JSON.parse(message.value).order.number}`);
    },
});
