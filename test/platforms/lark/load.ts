import { type Load, type LoadResult, runLoad as run } from "../load.ts";
import type { FakeLark } from "./fake-lark.ts";

/** Writes messages to a bot that is connected, and measures its answers. */
export function runLoad(fake: FakeLark, load: Load): Promise<LoadResult> {
  return run(
    {
      write: (chat, text) =>
        fake.write({ chat: `oc_load_${chat}`, chatType: "p2p", user: `ou_load_${chat}`, text }).messageId,
      listen: (listener) => fake.watch(({ replyTo }) => listener(replyTo ?? "")),
    },
    load,
  );
}
