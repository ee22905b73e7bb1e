import { z } from "zod";
import { type Control, createControlServer, loadOrder, stateOf } from "../control.ts";
import type { FakeDingTalk } from "./fake-dingtalk.ts";
import { runLoad } from "./load.ts";

const writing = z.strictObject({
  chat: z.string().optional(),
  group: z.boolean().optional(),
  user: z.string(),
  nick: z.string().optional(),
  outsider: z.boolean().optional(),
  text: z.string(),
});
const press = z.strictObject({
  card: z.string(),
  user: z.string(),
  label: z.string().optional(),
  id: z.string().optional(),
  shape: z.enum(["ids", "params", "label", "action", "value", "top"]).optional(),
});
const tap = z.strictObject({ message: z.string(), user: z.string(), label: z.string() });
const view = z.strictObject({ card: z.string(), user: z.string() });
const membership = z.strictObject({ chat: z.string(), robot: z.boolean() });

/** POST /write, /press, /tap, /view, /robot, /disconnect, /load with a JSON body; GET /sent, /state. */
export function createControl(fake: FakeDingTalk): Control {
  return createControlServer({
    "POST /write": (body) => fake.write(writing.parse(body)),
    "POST /press": (body) => fake.press(press.parse(body)),
    "POST /tap": (body) => fake.tap(tap.parse(body)),
    "POST /view": (body) => {
      const { card, user } = view.parse(body);
      return fake.viewOf(card, user);
    },
    "POST /robot": (body) => {
      const { chat, robot } = membership.parse(body);
      fake.directory.robot(chat, robot);
      return {};
    },
    "POST /disconnect": () => {
      for (const connection of fake.connections) connection.disconnect();
      return {};
    },
    "POST /load": (body) => runLoad(fake, loadOrder.parse(body)),
    "GET /sent": () => fake.sent,
    "GET /state": () => ({ ...stateOf(fake), calls: fake.calls, spent: fake.spent }),
  });
}
