import type { Notes, Sent } from "../../../src/bot/index.ts";
import { settle } from "../../manual-clock.ts";
import { cardOf, createSendRig, createShared, failing, type Shared } from "./send-rig.ts";

/** A press, by how it is answered: with a card, with a word until the card follows, or with a word and no more. */
export interface Press {
  readonly answer: "card" | "later" | "toast";
  readonly title: string;
}

const chat = "cidGroup";
const cardId = "card1";

/** A callback, from the press until its answer has arrived. */
interface Callback {
  readonly press: Press;
  readonly process: Process;
  readonly over: () => void;
}

interface Call {
  readonly title: string;
  lost: boolean;
  landed: boolean;
  readonly end: (failed: boolean) => void;
}

type Process = ReturnType<typeof createSendRig>;

/** How long until others can read what a process notes, as in the store, milliseconds. */
const noteDelay = 20;

/** The notes as one of several processes has them: it reads its own at once, others do later. The last that is written stays. */
function createDelayedNotes({ clock, memory: { notes } }: Shared): Notes {
  const waiting = new Map<string, { readonly text: string }>();
  return {
    put(note) {
      const own = { text: note.text };
      waiting.set(note.key, own);
      void clock.sleep(noteDelay).then(() => {
        if (waiting.get(note.key) === own) {
          waiting.delete(note.key);
          notes.put(note);
        }
      });
    },
    get: async (channel, kind, key) => waiting.get(key)?.text ?? notes.get(channel, kind, key),
  };
}

/**
 * One card as the platform has it, and the processes that change it. An update changes it for everyone, and is lost when a
 * callback was open meanwhile; the answer to a callback changes it for who pressed alone, until the next update.
 */
export function createPlatform(count: number) {
  const shared = createShared();
  const processes = Array.from({ length: count }, (_, index) =>
    createSendRig({
      shared,
      random: index / 10,
      notes: count === 1 ? shared.memory.notes : createDelayedNotes(shared),
    }),
  );
  const state = { everyone: "", own: undefined as string | undefined, begunWhileOpen: 0, atOnce: 0, toasts: 0 };
  const unanswered: Callback[] = [];
  const calls: Call[] = [];
  let open = 0;
  let last: { readonly title: string; readonly sent: Promise<Sent> } | undefined;

  shared.scripted.answer(async (called) => {
    if (called.call !== "updateCard") {
      return undefined;
    }
    const { promise, resolve: end } = Promise.withResolvers<boolean>();
    const call: Call = { title: called.params.title ?? "", lost: open > 0, landed: false, end };
    calls.push(call);
    state.begunWhileOpen += call.lost ? 1 : 0;
    state.atOnce = Math.max(state.atOnce, calls.length);
    return (await promise) ? failing("unavailable") : undefined;
  });

  function update(title: string, { sender }: Process): void {
    last = { title, sent: sender.update(chat, cardId, cardOf(title)) };
  }

  function paramsOf(title: string) {
    const asked = shared.scripted.asked.findLast((one) => one.call === "updateCard" && one.params.title === title);
    return asked?.call === "updateCard" ? asked.params : { title };
  }

  function processOf(index: number): Process {
    const process = processes[index % count];
    if (process === undefined) throw new Error("there is no such process");
    return process;
  }

  function land(call: Call | undefined): void {
    if (call === undefined || call.landed) {
      return;
    }
    call.landed = true;
    if (!call.lost) {
      state.everyone = call.title;
      state.own = undefined;
    }
  }

  const platform = {
    ...{ state, clock: shared.clock },
    last: () => last,
    /** The first process sends the card, and notes it. */
    async create(): Promise<void> {
      processOf(0).cards.creating(cardId, { chat, params: {}, buttons: [] })();
      await platform.drain();
    },
    update: (title: string, index = 0) => update(title, processOf(index)),
    press(press: Press, index = 0): void {
      // One that is undone again and again is given up after three times.
      state.toasts += press.answer === "toast" ? 1 : 0;
      if (state.toasts > 2 && press.answer === "toast") {
        return;
      }
      open += 1;
      const process = processOf(index);
      unanswered.push({ press, process, over: process.cards.opened(cardId) });
      for (const call of calls) {
        call.lost ||= !call.landed;
      }
    },
    /** The oldest callback is answered, and the answer arrives so many milliseconds after it is on the socket. */
    async answer(travel: number): Promise<void> {
      const callback = unanswered.shift();
      if (callback === undefined) {
        return;
      }
      const { press, process, over } = callback;
      const noted = await process.cards.recall(cardId);
      const showing = { chat, params: paramsOf(press.title), buttons: [] };
      process.cards.answered(cardId, noted, press.answer === "card" ? showing : undefined);
      over();
      void shared.clock.sleep(travel).then(() => {
        open -= 1;
        state.own = press.answer === "card" ? press.title : press.answer;
      });
      if (press.answer !== "toast") {
        update(press.title, process);
      }
    },
    /** One of the calls under way has its effect, and its answer is still to come. */
    land: (which: number) => land(calls[which % Math.max(1, calls.length)]),
    /** One of the calls under way ends. */
    endCall(which: number, failed: boolean): void {
      const [call] = calls.splice(which % Math.max(1, calls.length), 1);
      if (!failed) {
        land(call);
      }
      call?.end(failed);
    },
    /** Ends what is under way, as a platform that does not fail. */
    async drain(): Promise<void> {
      await settle();
      for (let turn = 0; open + calls.length > 0 || shared.clock.sleeping() > 0; turn += 1) {
        if (turn > 100) throw new Error("this has no end");
        await platform.answer(0);
        platform.endCall(0, false);
        await shared.clock.advance(100);
        await settle();
      }
    },
  };
  return platform;
}
