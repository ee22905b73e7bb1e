import type { Asker, Desk, DeskCall } from "../../bot/index.ts";
import type { Answer } from "../../cards/index.ts";
import { type Command, limits, nearestWord, parseFilters, printFilters } from "../../commands/index.ts";
import { type AlertMemory, mostViews, type View } from "../memory.ts";
import { shownFilter } from "../shown-filter.ts";
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
    { asker, grant }: DeskCall,
    did?: Extract<Answer, { kind: "views" }>["did"],
  ): Promise<Answer> {
    const stored = await memory.views.of(asker);
    const views = stored.map(({ name, filter, by }) => ({ name, filter: shownFilter(filter, grant), by }));
    return { kind: "views", command, views, did };
  }

  async function unknown(command: Command, place: Asker, name: string): Promise<Answer> {
    const names = (await memory.views.of(place)).map((view) => view.name);
    return { kind: "unknown-view", command, name, nearest: nearestWord(name, names) };
  }

  return {
    async run(command: ViewCommand, call: DeskCall): Promise<Answer> {
      const { asker } = call;
      switch (command.kind) {
        case "view-list":
          return list(command, call);
        case "view-save": {
          const { name, filters } = command;
          const before = await memory.views.get(asker, name);
          const { channel, chat, user: by } = asker;
          const view: View = { channel, chat, name, filter: printFilters(filters), by, at: time.now().wall };
          return (await memory.views.save(view))
            ? list(command, call, { what: before === undefined ? "saved" : "replaced", name })
            : { kind: "too-many-views", command, limit: mostViews };
        }
        case "view-drop": {
          const { name } = command;
          return (await memory.views.drop(asker, name))
            ? list(command, call, { what: "dropped", name })
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
