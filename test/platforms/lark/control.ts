import { z } from "zod";
import { type Control, createControlServer, loadOrder, stateOf } from "../control.ts";
import type { FakeLark } from "./fake-lark.ts";
import { runLoad } from "./load.ts";

const chatType = z.enum(["p2p", "group", "topic_group"]).optional();
const writing = z.strictObject({
  chat: z.string(),
  chatType,
  user: z.string(),
  text: z.string(),
  mentions: z.array(z.literal(["bot", "all"])).optional(),
});
const press = z.strictObject({
  message: z.string(),
  user: z.string(),
  label: z.string().optional(),
  option: z.string().optional(),
  element: z.number().optional(),
});
const membership = z.strictObject({ chat: z.string(), user: z.string() });

/** POST /write, /press, /admit, /expel, /load with a JSON body; GET /sent, /state. */
export function createControl(fake: FakeLark): Control {
  return createControlServer({
    "POST /write": (body) => fake.write(writing.parse(body)),
    "POST /press": (body) => fake.press(press.parse(body)),
    "POST /admit": (body) => ({ eventId: fake.admit(membership.parse(body)) }),
    "POST /expel": (body) => ({ eventId: fake.expel(membership.parse(body)) }),
    "POST /load": (body) => runLoad(fake, loadOrder.parse(body)),
    "GET /sent": () => fake.sent,
    "GET /state": () => stateOf(fake),
  });
}
