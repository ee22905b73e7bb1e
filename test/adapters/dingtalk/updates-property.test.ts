import fc from "fast-check";
import { expect, it } from "vitest";
import type { Sent } from "../../../src/bot/index.ts";
import { settle } from "../../manual-clock.ts";
import { cardOf, createSendRig, failing } from "./send-rig.ts";

/** A press, by how it is answered: with a card, with a word until the card follows, or with a word and no more. */
interface Press {
  readonly answer: "card" | "later" | "toast";
  readonly title: string;
}

const chat = "cidGroup";
const cardId = "card1";

/**
 * A card as the platform has it: an update changes it for everyone, and is lost when a callback was open meanwhile; the answer
 * to a callback changes it for who pressed alone, until the next update.
 */
function createPlatform() {
  const rig = createSendRig();
  const state = { everyone: "", own: undefined as string | undefined, begunWhileOpen: 0, atOnce: 0, toasts: 0 };
  const open: { readonly press: Press; readonly answered: ReturnType<typeof rig.cards.opened> }[] = [];
  const calls: { lost: boolean; readonly end: (failed: boolean) => void }[] = [];
  let last: { readonly title: string; readonly sent: Promise<Sent> } | undefined;

  rig.answer(async (called) => {
    if (called.call !== "updateCard") {
      return undefined;
    }
    const { promise, resolve: end } = Promise.withResolvers<boolean>();
    const call = { lost: open.length > 0, end };
    calls.push(call);
    state.begunWhileOpen += call.lost ? 1 : 0;
    state.atOnce = Math.max(state.atOnce, calls.length);
    const failed = await promise;
    if (!failed && !call.lost) {
      state.everyone = called.params.title ?? "";
      state.own = undefined;
    }
    return failed ? failing("unavailable") : undefined;
  });

  function update(title: string): void {
    last = { title, sent: rig.sender.update(chat, cardId, cardOf(title)) };
  }

  return {
    ...{ rig, state, update },
    last: () => last,
    press(press: Press): void {
      // One that is undone again and again is given up after three times.
      state.toasts += press.answer === "toast" ? 1 : 0;
      if (state.toasts > 2 && press.answer === "toast") {
        return;
      }
      open.push({ press, answered: rig.cards.opened(cardId) });
      for (const call of calls) {
        call.lost = true;
      }
    },
    answer(): void {
      const { press, answered } = open.shift() ?? {};
      if (press === undefined) {
        return;
      }
      state.own = press.answer === "card" ? press.title : press.answer;
      answered?.(press.answer === "card" ? paramsOf(press.title) : undefined);
      if (press.answer !== "toast") {
        update(press.title);
      }
    },
    endCall: (failed: boolean) => calls.shift()?.end(failed),
    isBusy: () => open.length + calls.length > 0,
  };

  function paramsOf(title: string) {
    const asked = rig.asked.findLast((one) => one.call === "updateCard" && one.params.title === title);
    return asked?.call === "updateCard" ? asked.params : { title };
  }
}

const title = fc.constantFrom("a", "b");
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("update" as const), title }),
    fc.record({ do: fc.constant("press" as const), answer: fc.constantFrom("card", "later", "toast"), title }),
    fc.record({ do: fc.constant("answer" as const) }),
    fc.record({ do: fc.constant("endCall" as const), failed: fc.boolean() }),
  ),
  { maxLength: 25 },
);

/** Ends what is under way, as a platform that does not fail. */
async function drain({ isBusy, answer, endCall }: ReturnType<typeof createPlatform>): Promise<void> {
  for (let turn = 0; isBusy(); turn += 1) {
    expect(turn).toBeLessThan(100);
    answer();
    endCall(false);
    await settle();
  }
}

it("whatever the order of presses, answers and updates, all see the last card, and no update begins in a callback", () =>
  fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const platform = createPlatform();
      const { rig, state } = platform;
      for (const step of given) {
        if (step.do === "update") platform.update(step.title);
        else if (step.do === "press") platform.press(step);
        else if (step.do === "answer") platform.answer();
        else platform.endCall(step.failed);
        await settle();
      }
      await drain(platform);
      const last = platform.last();
      if (last !== undefined && !(await last.sent).ok) {
        platform.update(last.title);
        await settle();
        await drain(platform);
      }
      expect(state.everyone).toBe(last?.title ?? "");
      expect([undefined, last?.title, "toast"]).toContain(state.own);
      expect([state.begunWhileOpen, state.atOnce <= 1, rig.clock.sleeping()]).toEqual([0, true, 0]);
    }),
    { numRuns: 300 },
  ));
