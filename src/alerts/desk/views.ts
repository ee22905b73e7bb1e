import type { Asker, Desk, DeskCall } from "../../bot/index.ts";
import type { Answer } from "../../cards/index.ts";
import { type Command, limits, nearestWord, parseFilters, printFilters } from "../../commands/index.ts";
import { type AlertMemory, mostViews, type View } from "../memory.ts";
import type { Time } from "../time.ts";
import { viewOf, widen } from "../views.ts";

export interface ViewsDeskOptions {
  readonly memory: Pick<AlertMemory, "views">;
  readonly time: Time;
}

type ViewCommand = Extract<Command, { kind: "view-save" | "view-list" | "view-drop" }>;

/** Saves, lists and drops views, and puts their filters into commands. Rejects when the store fails. */
export function createViewsDesk({ memory, time }: ViewsDeskOptions) {
  async function list(
    command: Command,
    place: Asker,
    did?: Extract<Answer, { kind: "views" }>["did"],
  ): Promise<Answer> {
    const views = (await memory.views.of(place)).map(({ name, filter, by }) => ({ name, filter, by }));
    return { kind: "views", command, views, did };
  }

  async function unknown(command: Command, place: Asker, name: string): Promise<Answer> {
    const names = (await memory.views.of(place)).map((view) => view.name);
    return { kind: "unknown-view", command, name, nearest: nearestWord(name, names) };
  }

  return {
    async run(command: ViewCommand, { asker }: DeskCall): Promise<Answer> {
      switch (command.kind) {
        case "view-list":
          return list(command, asker);
        case "view-save": {
          const { name, filters } = command;
          const before = await memory.views.get(asker, name);
          const { channel, chat, user: by } = asker;
          const view: View = { channel, chat, name, filter: printFilters(filters), by, at: time.now().wall };
          return (await memory.views.save(view))
            ? list(command, asker, { what: before === undefined ? "saved" : "replaced", name })
            : { kind: "too-many-views", command, limit: mostViews };
        }
        case "view-drop": {
          const { name } = command;
          return (await memory.views.drop(asker, name))
            ? list(command, asker, { what: "dropped", name })
            : unknown(command, asker, name);
        }
      }
    },
    async widen(command: Command, asker: Asker): ReturnType<Desk["widen"]> {
      const name = viewOf(command);
      if (name === undefined) {
        return { command };
      }
      const view = await memory.views.get(asker, name);
      const parsed = view && parseFilters(view.filter);
      if (parsed?.ok !== true) {
        return { answer: await unknown(command, asker, name) };
      }
      const widened = widen(command, parsed.filters);
      const isTooLong = "filters" in widened && printFilters(widened.filters).length > limits.filters;
      return isTooLong ? { answer: await unknown(command, asker, name) } : { command: widened };
    },
  };
}
