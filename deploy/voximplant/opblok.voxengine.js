/**
 * The incoming call, at Voximplant: asks telephony_router who is to be rung, rings them one after another, and reports each leg.
 *
 * Needs no build: paste it as a scenario, bind it to the rule of your rented numbers, and set the application's secrets (README.md).
 * Limits it lives within: an unanswered caller is dropped after 60 s, a leg that nobody answers fails after 60 s, a handler may run
 * for 1 s, and after Terminating one more HTTP request is made. No number is ever written to the session's log.
 */

const ASK_WITHIN = 3; // seconds for the router; the caller hears ringing meanwhile
const REPORT_WITHIN = 6;
const ANSWER_BEFORE = 50000; // ms; at 60 s the provider drops who was not answered
const SAY_AT_MOST = 15000;
const LAST_REPORTS_WITHIN = 45000; // ms; a session without calls is ended after 60 s
const PAUSES = [1000, 2000, 4000, 8000, 15000];
const HOLD = { ru: "Оставайтесь на линии, мы ищем, кто ответит.", en: "Stay on the line, we are looking for somebody." };
const SORRY = { ru: "Сейчас некому ответить. Перезвоните, пожалуйста, позже.", en: "Nobody can answer now. Please call again later." };
const WORDS = { 486: "busy", 600: "busy", 603: "declined", 404: "unreachable", 480: "unreachable", 410: "unreachable" };

const setting = (name) => VoxEngine.getSecretValue(name) || "";
const now = () => new Date().toISOString();
const inWords = (say) => say[setting("OPBLOK_LANGUAGE") || "ru"] || say.ru;

/** The body as bytes that both sides see alike: what is not ASCII is escaped. */
function body(value) {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

/** One signed request; the answer's body, or null. Each try is signed anew. */
async function ask(path, value, within) {
  const url = setting("OPBLOK_ROUTER_URL");
  const secret = setting("OPBLOK_VOXIMPLANT_SECRET");
  if (!url || !secret) return null;
  const stamp = (Date.now() / 1000).toFixed(3);
  const text = body(value);
  const signature = "sha256=" + Crypto.hmac_sha256(secret, stamp + "." + text);
  try {
    const answer = await Net.httpRequestAsync(url.replace(/\/+$/, "") + "/webhooks/voximplant/" + path, {
      method: "POST",
      postData: text,
      headers: ["Content-Type: application/json", "X-Opblok-Timestamp: " + stamp, "X-Opblok-Signature: " + signature],
      timeout: within,
      connectionTimeout: Math.min(within, 6),
    });
    if (answer.code >= 200 && answer.code < 300) return JSON.parse(answer.text);
    Logger.write("router answered " + answer.code + " to " + path);
    return answer.code >= 400 && answer.code < 500 && answer.code !== 429 ? undefined : null;
  } catch (wrong) {
    Logger.write("router did not answer " + path);
    return null;
  }
}

/** What is still to be reported: in order, again after a pause, all of it in the one request after Terminating. */
class Reports {
  constructor(call) {
    this.call = call;
    this.waiting = [];
    this.count = 0;
    this.busy = false;
    this.failures = 0;
  }

  tell(said, besides) {
    this.count += 1;
    const event = { event_id: this.call.call_id + "-" + this.count, said: said, at: now() };
    this.waiting.push(Object.assign(event, besides || {}));
    return this.send();
  }

  async send() {
    if (this.busy || !this.waiting.length) return;
    this.busy = true;
    const events = this.waiting.slice(0, 50);
    const done = await ask("events", Object.assign({}, this.call, { events: events }), REPORT_WITHIN);
    this.busy = false;
    if (done === null) {
      const pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)];
      this.failures += 1;
      setTimeout(() => this.send(), pause);
      return;
    }
    this.failures = 0; // undefined: it will never be taken; it is not repeated
    this.waiting = this.waiting.slice(events.length);
    await this.send();
  }

  last() {
    if (this.waiting.length) ask("events", Object.assign({}, this.call, { events: this.waiting.slice(0, 50) }), REPORT_WITHIN);
  }
}

/** Whom to ring when the router is silent: needs no network. A JSON list of {way, address, seconds}. */
function emergency() {
  let listed = null;
  try {
    listed = JSON.parse(setting("OPBLOK_EMERGENCY_ROUTE") || "[]");
  } catch (wrong) {
    // said below
  }
  if (!Array.isArray(listed)) Logger.write("OPBLOK_EMERGENCY_ROUTE is no JSON list");
  const known = (Array.isArray(listed) ? listed : []).filter((each) => each && each.address);
  const rings = known.map((each) => ({ kind: "ring", seconds: each.seconds || 20, dial: { way: each.way, address: each.address } }));
  return rings.concat([{ kind: "play", say: SORRY }, { kind: "callback" }]);
}

/** A leg to this address; null for a way that this version does not know, or an address that VoxEngine takes for none. */
function dial(step, caller) {
  try {
    return legTo(step, caller);
  } catch (wrong) {
    Logger.write("an address could not be dialled");
    return null;
  }
}

function legTo(step, caller) {
  const callerid = setting("OPBLOK_CALLER_ID") || caller.destination;
  switch (step.dial && step.dial.way) {
    case "extension":
      return VoxEngine.callUser({ username: step.dial.address, callerid: caller.from, extraHeaders: { "VI-CallTimeout": "60" } });
    case "sip":
      return VoxEngine.callSIP(/^sips?:/.test(step.dial.address) ? step.dial.address : "sip:" + step.dial.address, { callerid: caller.from });
    case "phone":
      return VoxEngine.callPSTN(step.dial.address, callerid);
    default:
      return null;
  }
}

/** One incoming call, from its first ring to its end. */
class Incoming {
  constructor(alerting, started) {
    this.call = alerting.call;
    this.caller = { from: alerting.callerid || "", destination: alerting.destination || "" };
    this.reports = new Reports({ call_id: started.id || alerting.call.id(), from: this.caller.from, to: this.caller.destination, started_at: now() });
    this.steps = [];
    this.next = 0;
    this.leg = null;
    this.talking = false;
    this.answered = false;
    this.over = false;
  }

  async begin() {
    this.call.addEventListener(CallEvents.Disconnected, (e) => this.callerGone(e));
    this.call.addEventListener(CallEvents.Failed, (e) => this.callerGone(e));
    this.call.ring();
    this.guard = setTimeout(() => this.hold(), ANSWER_BEFORE);
    const about = this.reports.call;
    const plan = await ask("calls", about, ASK_WITHIN);
    if (this.over) return;
    this.steps = plan && Array.isArray(plan.steps) && plan.steps.length ? plan.steps : emergency();
    this.go();
  }

  /** The next step. */
  go() {
    if (this.over || this.talking) return;
    const step = this.steps[this.next];
    this.next += 1;
    if (!step || step.kind === "callback") return this.finish();
    if (step.kind === "play") return this.play(step);
    if (step.kind === "ring" || step.kind === "overflow") return this.ring(step);
    this.go(); // a kind of a later version
  }

  ring(step) {
    const leg = dial(step, this.caller);
    if (leg === null) return this.go();
    this.leg = leg;
    const besides = step.number ? { leg: step.number } : {};
    this.reports.tell("ringing", besides);
    const timer = setTimeout(() => leg.hangup(), (step.seconds || 20) * 1000);
    let settled = false;
    leg.addEventListener(CallEvents.Failed, (e) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      this.leg = this.leg === leg ? null : this.leg;
      this.reports.tell("silent", Object.assign({ code: WORDS[e.code] || "no_answer" }, besides));
      this.go();
    });
    leg.addEventListener(CallEvents.Connected, () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (this.over) return leg.hangup();
      this.connect(leg, besides);
    });
  }

  connect(leg, besides) {
    this.talking = true;
    this.since = Date.now();
    this.answer();
    this.call.stopPlayback();
    this.reports.tell("answered", besides);
    VoxEngine.sendMediaBetween(this.call, leg);
    if (setting("OPBLOK_RECORD") === "yes") this.record();
    leg.addEventListener(CallEvents.Disconnected, () => {
      this.end({ talked_seconds: this.talked() });
      this.call.hangup();
    });
  }

  record() {
    this.call.addEventListener(CallEvents.RecordStarted, (e) => this.reports.tell("recorded", { recording: e.url }));
    this.call.record({ stereo: true });
  }

  play(step) {
    this.answer();
    let said = false;
    const on = () => {
      if (said) return;
      said = true;
      clearTimeout(timer);
      this.go();
    };
    const timer = setTimeout(on, SAY_AT_MOST);
    this.call.addEventListener(CallEvents.PlaybackFinished, on);
    this.call.say(inWords(step.say || HOLD));
  }

  /** Answered before the provider drops him, whatever the plan says. */
  hold() {
    if (this.over || this.answered) return;
    this.answer();
    this.call.say(inWords(HOLD));
  }

  answer() {
    if (this.answered) return;
    this.answered = true;
    clearTimeout(this.guard);
    this.call.answer();
  }

  /** Everything was tried. The router makes the callback of it. */
  finish() {
    this.end({});
    if (this.answered) this.call.hangup();
    else this.call.reject(480);
  }

  callerGone() {
    if (this.over) return;
    const besides = this.talking ? { talked_seconds: this.talked() } : { code: "hung_up" };
    this.end(besides);
    if (this.leg) this.leg.hangup();
  }

  talked() {
    return Math.round((Date.now() - this.since) / 1000);
  }

  end(besides) {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.guard);
    this.reports.tell("ended", besides);
    const until = Date.now() + LAST_REPORTS_WITHIN;
    const close = () => {
      if (this.reports.waiting.length && Date.now() < until) return setTimeout(close, 500);
      VoxEngine.terminate();
    };
    setTimeout(close, 500);
  }
}

const session = {};
VoxEngine.addEventListener(AppEvents.Started, (e) => {
  session.id = e.sessionId ? String(e.sessionId) : "";
});
VoxEngine.addEventListener(AppEvents.CallAlerting, (e) => {
  session.incoming = new Incoming(e, session);
  session.incoming.begin();
});
VoxEngine.addEventListener(AppEvents.Terminating, () => {
  if (session.incoming) session.incoming.reports.last();
});
