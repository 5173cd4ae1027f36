/** The scenario keeps the router's promises at Voximplant, and has its own emergency route when the router is silent. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";

import { CALLBACK, DOWN, Session, plan, ring } from "./fake_voxengine.mjs";

const TWO = [ring(1, "extension", "101"), ring(2, "phone", "+79035550100"), CALLBACK];

test("the one who answers for the customer picks up, and they talk", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)] } });
  await it.rings();

  it.legs[0].picksUp();
  await it.passes(60);
  it.legs[0].hangup();
  await it.passes(1);

  assert.equal(it.legs.length, 1);
  assert.deepEqual([it.legs[0].kind, it.legs[0].to], ["user", "101"]);
  assert.deepEqual(it.call.did, ["ring", "answer", "hangup"]);
  assert.equal(it.bridged.length, 1);
  assert.deepEqual(it.told, ["ringing 1", "answered 1", "ended"]);
  const ended = it.asked.at(-1).body.events.find((each) => each.said === "ended");
  assert.equal(ended.talked_seconds, 60);
  assert.ok(it.terminated);
});

test("he is silent: his mobile rings after the seconds of the plan", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)] } });
  await it.rings();
  await it.passes(14);
  const before = it.legs.length;
  await it.passes(2);

  it.legs[1].picksUp();

  assert.equal(before, 1);
  assert.deepEqual([it.legs[1].kind, it.legs[1].to], ["phone", "+79035550100"]);
  await it.settle();
  assert.deepEqual(it.told, ["ringing 1", "silent 1 no_answer", "ringing 2", "answered 2"]);
});

for (const [code, word] of [[486, "busy"], [603, "declined"], [480, "unreachable"], [404, "unreachable"], [408, "no_answer"]]) {
  test(`a leg that fails with ${code} is ${word}, and the next one rings at once`, async () => {
    const it = new Session({ answers: { calls: [plan(...TWO)] } });
    await it.rings();

    it.legs[0].fails(code);
    await it.settle();

    assert.equal(it.legs.length, 2);
    assert.ok(it.told.includes(`silent 1 ${word}`));
  });
}

test("nobody picks up: the call is refused, and its end told, of which the router makes a callback", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)] } });
  await it.rings();

  await it.passes(40);

  assert.deepEqual(it.call.did, ["ring", "reject 480"]);
  assert.equal(it.told.at(-1), "ended");
  assert.ok(it.terminated);
});

test("who hangs up while it rings leaves no telephone ringing", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)] } });
  await it.rings();

  it.call.emit("Disconnected", {});
  await it.passes(1);

  assert.deepEqual(it.legs[0].did, ["hangup"]);
  assert.equal(it.legs.length, 1);
  assert.deepEqual(it.told, ["ringing 1", "ended hung_up", "silent 1 no_answer"]);
});

test("a step that is said answers the call, and the plan goes on after it", async () => {
  const say = { number: 2, kind: "play", say: { ru: "Оставайтесь на линии", en: "Hold the line" } };
  const it = new Session({ answers: { calls: [plan(say, ring(3, "sip", "duty@pbx.example"), CALLBACK)] } });
  await it.rings();

  it.call.emit("PlaybackFinished");
  await it.settle();

  assert.equal(it.call.said, "Оставайтесь на линии");
  assert.deepEqual([it.legs[0].kind, it.legs[0].to], ["sip", "sip:duty@pbx.example"]);
});

test("nobody waits unanswered for a minute, whatever the plan says", async () => {
  const it = new Session({ answers: { calls: [plan(ring(1, "extension", "101", 55), ring(2, "phone", "+79035550100", 55), CALLBACK)] } });
  await it.rings();

  await it.passes(52);

  assert.deepEqual(it.call.did, ["ring", "answer", "say"]);
});

test("the router is down: the emergency route rings, and the events open the record later", async () => {
  const route = JSON.stringify([{ way: "phone", address: "+79035550199", seconds: 25 }]);
  const it = new Session({ answers: { calls: [DOWN], events: [DOWN, DOWN, { code: 200, text: "{}" }] }, secrets: { OPBLOK_EMERGENCY_ROUTE: route } });
  await it.rings();

  assert.equal(it.legs[0].to, "+79035550199");
  it.legs[0].picksUp();
  await it.passes(10);

  assert.deepEqual(it.told, ["ringing", "answered"]);
  const body = it.asked.at(-1).body;
  assert.equal(body.from, "+79161234567");
  assert.ok(body.started_at);
});

for (const route of ["{}", "null", "7", "[null]", '[{"way": "phone"}]', "no json"]) {
  test(`an emergency route that is written wrongly (${route}) leaves nobody with a ringing that never ends`, async () => {
    const it = new Session({ answers: { calls: [DOWN] }, secrets: { OPBLOK_EMERGENCY_ROUTE: route } });
    await it.rings();

    it.call.emit("PlaybackFinished");
    await it.passes(1);

    assert.deepEqual(it.call.did, ["ring", "answer", "say", "hangup"]);
    assert.deepEqual(it.told, ["ended"]);
  });
}

test("an address that can't be dialled is passed over, and the next one rings", async () => {
  const it = new Session({ answers: { calls: [plan(ring(1, "sip", "no address"), ring(2, "extension", "102"), CALLBACK)] } });
  it.undialled = "sip:no address";
  await it.rings();

  assert.deepEqual([it.legs.length, it.legs[0].to], [1, "102"]);
});

test("who is spoken to in English hears nothing in Russian, of the scenario's own words either", async () => {
  const english = { OPBLOK_LANGUAGE: "en" };
  const down = new Session({ answers: { calls: [DOWN] }, secrets: english });
  await down.rings();
  const slow = new Session({ answers: { calls: [plan(ring(1, "extension", "101", 55), CALLBACK)] }, secrets: english });
  await slow.rings();
  await slow.passes(52);

  assert.match(down.call.said, /^Nobody can answer now/);
  assert.match(slow.call.said, /^Stay on the line/);
});

test("a router that refuses the plan, or answers rubbish, is a router that is down", async () => {
  for (const answer of [{ code: 401, text: "{}" }, { code: 200, text: "{}" }, { code: 200, text: "<html>" }, { code: 503, text: "" }]) {
    const it = new Session({ answers: { calls: [answer] } });
    await it.rings();

    it.call.emit("PlaybackFinished");
    await it.passes(1);

    assert.deepEqual(it.call.did, ["ring", "answer", "say", "hangup"]);
  }
});

test("what a later version adds is passed over", async () => {
  const it = new Session({ answers: { calls: [plan({ number: 1, kind: "hologram" }, ring(2, "telepathy", "x"), ring(3, "extension", "102"), CALLBACK)] } });
  await it.rings();

  assert.deepEqual([it.legs.length, it.legs[0].to], [1, "102"]);
});

test("each request is signed over its own bytes, and anew when it is repeated", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)], events: [DOWN, { code: 200, text: "{}" }] } });
  await it.rings();
  await it.passes(3);

  assert.ok(it.asked.length > 2);
  const stamps = it.asked.map(({ headers, text }) => {
    const header = (name) => headers.find((each) => each.startsWith(name + ": ")).slice(name.length + 2);
    const stamp = header("X-Opblok-Timestamp");
    const ours = createHmac("sha256", "a-secret").update(`${stamp}.${text}`).digest("hex");
    assert.equal(header("X-Opblok-Signature"), "sha256=" + ours);
    return stamp;
  });
  assert.notEqual(stamps[1], stamps[2]);
});

test("what could not be told is told in the one request after the session ends", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)], events: [DOWN] } });
  await it.rings();
  it.call.emit("Disconnected", {});
  await it.settle();

  it.answers.events = [{ code: 200, text: "{}" }];
  it.app.emit("Terminating");
  await it.settle();

  assert.deepEqual(it.asked.at(-1).body.events.map((each) => each.said), ["ringing", "ended", "silent"]);
});

test("a report that is refused for good is not repeated for ever", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)], events: [{ code: 422, text: "{}" }] } });
  await it.rings();
  await it.passes(10);

  const ringing = it.asked.filter((each) => each.path === "events" && each.body.events.some((one) => one.said === "ringing"));
  assert.equal(ringing.length, 1);
});

test("where calls are recorded, the recording is told of", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)] }, secrets: { OPBLOK_RECORD: "yes" } });
  await it.rings();

  it.legs[0].picksUp();
  await it.settle();

  assert.ok(it.call.did.includes("record"));
  assert.ok(it.told.includes("recorded"));
});

test("who picks up in the moment when the caller is gone is let go", async () => {
  const it = new Session({ answers: { calls: [plan(...TWO)] } });
  await it.rings();
  const leg = it.legs[0];
  leg.hangup = () => leg.did.push("hangup");

  it.call.emit("Disconnected", {});
  leg.picksUp();
  await it.settle();

  assert.equal(it.bridged.length, 0);
  assert.deepEqual(leg.did, ["hangup", "hangup"]);
});
