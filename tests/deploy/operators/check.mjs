// Reads manifests (a JSON list) from the standard input; writes, for each, what its operator would refuse, as a JSON list of lines.
// The validators are compiled from the operators' own types and pass over what they do not know; but what they know they read, so a
// field that was never read is one that they do not know.
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { text } from "node:stream/consumers";

const KINDS = { "ScaledObject keda.sh/v1alpha1": ScaledObject, "ServiceMonitor monitoring.coreos.com/v1": ServiceMonitor };

/** The same, noting under its path whatever is read of it. */
function watched(thing, path, seen) {
  if (thing === null || typeof thing !== "object") return thing;
  return new Proxy(thing, {
    get(target, name) {
      if (typeof name !== "string" || !Object.hasOwn(target, name)) return target[name];
      seen.add(`${path}/${name}`);
      return watched(target[name], `${path}/${name}`, seen);
    },
  });
}

function* unread(thing, path, seen) {
  if (thing === null || typeof thing !== "object") return;
  for (const [name, value] of Object.entries(thing)) {
    if (seen.has(`${path}/${name}`)) yield* unread(value, `${path}/${name}`, seen);
    else yield `there is no ${path}/${name}`;
  }
}

function refused(manifest) {
  const kind = KINDS[`${manifest.kind} ${manifest.apiVersion}`];
  if (!kind) return [`there is no ${manifest.apiVersion}`];
  const seen = new Set();
  // the prototype's method, since a constructor would copy and so read everything
  const model = Object.create(kind.prototype);
  try {
    kind.prototype.validate.call(watched(Object.assign(model, manifest), "", seen));
  } catch (wrong) {
    return [wrong.message];
  }
  return [...unread(manifest, "", seen)];
}

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(refused)));
