/** Prints what one call asks and reports, for the router's own models to read (tests/deploy). */

import { CALLBACK, Session, plan, ring } from "./fake_voxengine.mjs";

const it = new Session({ answers: { calls: [plan(ring(1, "extension", "101"), ring(2, "phone", "+79035550100"), CALLBACK)] }, secrets: { OPBLOK_RECORD: "yes" } });
await it.rings({ callerid: "+79161234567" });
await it.passes(16);
it.legs[1].picksUp();
await it.passes(61);
it.legs[1].hangup();
await it.passes(2);
console.log(JSON.stringify(it.asked.map(({ path, headers, text }) => ({ path, headers, text }))));
