import { z } from "zod";
import { type Control, createControlServer } from "../control.ts";
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
const load = z.strictObject({
  messages: z.int().positive(),
  text: z.string(),
  chats: z.int().positive().optional(),
  outstanding: z.int().positive().optional(),
  perSecond: z.number().positive().optional(),
});

/** POST /write, /press, /admit, /expel, /load with a JSON body; GET /sent, /state. */
export function createControl(fake: FakeLark): Control {
  return createControlServer({
    "POST /write": (body) => fake.write(writing.parse(body)),
    "POST /press": (body) => fake.press(press.parse(body)),
    "POST /admit": (body) => ({ eventId: fake.admit(membership.parse(body)) }),
    "POST /expel": (body) => ({ eventId: fake.expel(membership.parse(body)) }),
    "POST /load": (body) => runLoad(fake, load.parse(body)),
    "GET /sent": () => fake.sent,
    "GET /state": () => ({
      connections: fake.connections.length,
      sent: fake.sent.length,
      underWay: fake.underWay,
      lost: fake.lost,
      complaints: fake.complaints(),
    }),
  });
}
