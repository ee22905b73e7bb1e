import { type Load, type LoadResult, runLoad as run } from "../load.ts";
import type { FakeDingTalk } from "./fake-dingtalk.ts";

/** Writes messages to a bot that is connected, and measures its answers: the first new one in the chat is a message's. */
export function runLoad(fake: FakeDingTalk, load: Load): Promise<LoadResult> {
  return run(
    {
      write: (chat, text) => fake.write({ user: `load${chat}`, text }).chat,
      listen: (listener) =>
        fake.watch(({ chat }, { how }) => {
          if (how === "deliver" || how === "send") listener(chat);
        }),
    },
    load,
  );
}
