import { faultOf } from "../../src/bot/index.ts";
import { acknowledge, type Delivered, type FrameRefusal, readFrame } from "./frames.ts";

/** What a message or a press is acknowledged with. */
export interface Reply {
  readonly body: object;
  /** To be called once the answer was handed to the socket, or cannot be any more. */
  readonly sent?: (() => void) | undefined;
}

export interface RepliesOptions {
  /** What to acknowledge with; undefined: not at all. */
  readonly answer: (delivered: Delivered) => Promise<Reply | undefined>;
  readonly refuse: (reason: FrameRefusal | "fault", fields?: object) => void;
  /** A frame that counts against the month's pushes. */
  readonly onPush: () => void;
}

/** What is said to the frames of one socket: on that socket, however many there are by now. */
export interface Replies {
  /** A frame came. Never throws: out of a socket's event that would end the process. */
  take(bytes: Uint8Array): void;
  /** Resolves when nothing is being answered that was under way. */
  idle(): Promise<unknown>;
}

interface Socket {
  /** Not at all when it is closed. */
  readonly send: (text: string) => void;
  /** The platform wants the socket to end. */
  readonly onDisconnect: () => void;
}

export function createReplies({ answer, refuse, onPush }: RepliesOptions, { send, onDisconnect }: Socket): Replies {
  const answering = new Set<Promise<void>>();

  async function reply(delivered: Delivered): Promise<void> {
    try {
      const given = await answer(delivered);
      if (given === undefined) return;
      try {
        send(acknowledge(delivered.messageId, given.body));
      } finally {
        given.sent?.();
      }
    } catch (error) {
      refuse("fault", { fault: faultOf(error) });
    }
  }

  function deliver(delivered: Delivered): void {
    onPush();
    const replied = reply(delivered).finally(() => answering.delete(replied));
    answering.add(replied);
  }

  function take(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    switch (frame.kind) {
      case "ping":
        send(frame.answer);
        return;
      case "disconnect":
        onDisconnect();
        return;
      case "delivered":
        deliver(frame.delivered);
        return;
      case "refused":
        if (frame.push) onPush();
        refuse(frame.reason);
        if (frame.answer !== undefined) send(frame.answer);
    }
  }

  return {
    take(bytes) {
      try {
        take(bytes);
      } catch (error) {
        refuse("fault", { fault: faultOf(error) });
      }
    },
    idle: () => Promise.allSettled(answering),
  };
}
