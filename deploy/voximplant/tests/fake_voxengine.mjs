/** A VoxEngine of one's own, after the typings of voxengine-ci v28: events, legs, HTTP, timers; time moves when a test says so. */

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import vm from "node:vm";

const SCENARIO = new URL("../opblok.voxengine.js", import.meta.url);
const AppEvents = { Started: "Started", CallAlerting: "CallAlerting", Terminating: "Terminating" };
const CallEvents = Object.fromEntries(
  ["Ringing", "Connected", "Failed", "Disconnected", "PlaybackFinished", "RecordStarted"].map((each) => [each, each]),
);

class Emitter {
  #ears = new Map();
  addEventListener(name, ear) {
    this.#ears.set(name, [...(this.#ears.get(name) || []), ear]);
  }
  emit(name, event = {}) {
    for (const ear of this.#ears.get(name) || []) ear(event);
  }
}

/** A call: what was done to it, in order. A leg that has not connected and is hung up fails, as at Voximplant. */
class Call extends Emitter {
  constructor(kind, to) {
    super();
    Object.assign(this, { kind, to, did: [], connected: false, gone: false });
  }
  id = () => "call-1";
  ring() { this.did.push("ring"); }
  answer() { this.did.push("answer"); this.connected = true; }
  reject(code) { this.did.push("reject " + code); }
  say(text) { this.did.push("say"); this.said = text; }
  stopPlayback() {}
  record() { this.did.push("record"); this.emit("RecordStarted", { url: "https://records.example/1" }); }
  hangup() {
    if (this.gone) return;
    this.gone = true;
    this.did.push("hangup");
    if (!this.connected) this.emit("Failed", { code: 487 });
    else this.emit("Disconnected", {});
  }
  picksUp() { this.connected = true; this.emit("Connected", {}); }
  fails(code) { this.gone = true; this.emit("Failed", { code }); }
}

/** A session. `answers`: what the router answers to a path, in turn; the last one stays. */
export class Session {
  constructor({ answers = {}, secrets = {} } = {}) {
    Object.assign(this, { answers, asked: [], legs: [], timers: [], time: 1_772_438_400_000, terminated: false, bridged: [] });
    this.secrets = { OPBLOK_ROUTER_URL: "https://router.example/", OPBLOK_VOXIMPLANT_SECRET: "a-secret", ...secrets };
    this.app = new Emitter();
    const leg = (kind, to) => {
      const made = new Call(kind, to);
      this.legs.push(made);
      return made;
    };
    const clock = () => this.time;
    class Moved extends Date {
      constructor(...given) { super(...(given.length ? given : [clock()])); }
      static now() { return clock(); }
    }
    vm.runInNewContext(readFileSync(SCENARIO, "utf8"), {
      AppEvents,
      CallEvents,
      Date: Moved,
      Logger: { write: () => {} },
      Crypto: { hmac_sha256: (key, data) => createHmac("sha256", key).update(data).digest("hex") },
      Net: { httpRequestAsync: (url, options) => this.request(url, options) },
      VoxEngine: {
        addEventListener: (name, ear) => this.app.addEventListener(name, ear),
        getSecretValue: (name) => this.secrets[name],
        callUser: ({ username }) => leg("user", username),
        callSIP: (uri) => {
          if (uri === this.undialled) throw new Error("wrong address");
          return leg("sip", uri);
        },
        callPSTN: (number) => leg("phone", number),
        sendMediaBetween: (one, other) => this.bridged.push([one, other]),
        terminate: () => { this.terminated = true; },
      },
      setTimeout: (does, ms) => this.timers.push({ does, at: this.time + ms }) && this.timers.at(-1),
      clearTimeout: (timer) => { this.timers = this.timers.filter((each) => each !== timer); },
    });
  }

  async request(url, options) {
    const path = url.split("/webhooks/voximplant/")[1];
    this.asked.push({ url, path, headers: options.headers, text: options.postData, body: JSON.parse(options.postData) });
    const queue = this.answers[path] || [{ code: 200, text: "{}" }];
    return queue.length > 1 ? queue.shift() : queue[0];
  }

  /** Somebody rings. */
  async rings({ callerid = "+79161234567", destination = "+74951234567" } = {}) {
    this.call = new Call("incoming");
    this.app.emit("Started", { sessionId: 77 });
    this.app.emit("CallAlerting", { call: this.call, callerid, destination });
    await this.settle();
  }

  /** Time goes by; timers fire in their order. */
  async passes(seconds) {
    const until = this.time + seconds * 1000;
    for (;;) {
      const due = this.timers.filter((each) => each.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((each) => each !== due);
      this.time = Math.max(this.time, due.at);
      due.does();
      await this.settle();
    }
    this.time = until;
    await this.settle();
  }

  async settle() {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    await new Promise((done) => setImmediate(done));
  }

  /** All that was reported, by event: what, of which leg, with which word. */
  get told() {
    const seen = new Map();
    for (const { body } of this.asked.filter((each) => each.path === "events")) {
      for (const each of body.events) seen.set(each.event_id, each);
    }
    return [...seen.values()].map((each) => [each.said, each.leg, each.code].filter((word) => word !== undefined).join(" "));
  }
}

export const plan = (...steps) => ({ code: 200, text: JSON.stringify({ call_id: "r-1", recognition: "known", steps }) });
export const ring = (number, way, address, seconds = 15) => ({ number, kind: "ring", seconds, dial: { way, address } });
export const CALLBACK = { number: 9, kind: "callback", seconds: 0, dial: null, say: null };
export const DOWN = { code: -4 };
