// What AsyncAPI's own parser says of the document on standard input, as JSON.
import { text } from "node:stream/consumers";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(await text(process.stdin));
console.log(
    JSON.stringify({
        said: diagnostics.map(({ code, severity, path, message }) => ({ code, severity, path: path.join("."), message })),
        version: document?.version(),
        channels: document?.channels().all().map((each) => each.address()),
        messages: document?.messages().all().length,
    }),
);
