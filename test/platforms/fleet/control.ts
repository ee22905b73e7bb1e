import { z } from "zod";
import { riskKinds } from "../../../src/fleet/index.ts";
import { type Control, createControlServer } from "../control.ts";
import type { MovableFleet } from "./movable-fleet.ts";

const change = z.strictObject({
  name: z.string().exactOptional(),
  status: z.string().exactOptional(),
  version: z.string().exactOptional(),
  users: z.array(z.string()).exactOptional(),
  group: z.string().exactOptional(),
  template: z.string().exactOptional(),
  channels: z.array(z.string()).exactOptional(),
  risks: z.array(z.enum(riskKinds)).exactOptional(),
  riskShown: z.boolean().exactOptional(),
  listed: z.boolean().exactOptional(),
});
const setting = z.strictObject({ id: z.string(), change });
const one = z.strictObject({ id: z.string() });
const fault = z.strictObject({
  kind: z.enum(["hang", "reset", "cut", "truncated", "error", "throttle", "html"]),
  count: z.int().positive().optional(),
});

/** POST /set, /add, /remove, /fail, /clear with a JSON body; GET /requests, /ids. */
export function createControl(fleet: MovableFleet): Control {
  return createControlServer({
    "POST /set": (body) => {
      const order = setting.parse(body);
      fleet.set(order.id, order.change);
      return {};
    },
    "POST /add": (body) => ({ id: fleet.add(change.parse(body ?? {})) }),
    "POST /remove": (body) => {
      fleet.remove(one.parse(body).id);
      return {};
    },
    "POST /fail": (body) => {
      const { kind, count } = fault.parse(body);
      fleet.faults.next({ kind }, { count });
      return {};
    },
    "POST /clear": () => {
      fleet.faults.clear();
      return {};
    },
    "GET /requests": () => fleet.requests,
    "GET /ids": () => fleet.ids,
  });
}
