import type { Runtime } from "../fleet/index.ts";

/**
 * A runtime as an episode keeps it: everything that cards show and filters match, without what is empty and without fields
 * that this version does not know. About half a kilobyte as JSON.
 */
export type Sketch = Runtime;

/** What of a runtime a person can change behind an administrator's back. */
export interface Setup {
  readonly template: string | undefined;
  readonly channels: readonly string[];
}

export function sketchOf(runtime: Runtime): Sketch {
  return { ...runtime, agents: runtime.agents.map((agent) => ({ ...agent, other: {} })), other: {} };
}

/** How a runtime is set up: by itself, or else by its agents. */
export function setupOf({ modelTemplateId, channels, agents }: Sketch): Setup {
  const all = [...channels, ...agents.flatMap((agent) => agent.channels)].filter((channel) => channel !== "");
  return {
    template: modelTemplateId || agents.find((agent) => agent.modelTemplateId)?.modelTemplateId || undefined,
    channels: [...new Set(all)].sort(),
  };
}

/** Whether two sketches of a runtime are the same to who reads an alert: who and what it is, and how it is set up. */
export function readsTheSame(one: Sketch, other: Sketch): boolean {
  // An empty text is none, and is not kept.
  const read = (sketch: Sketch) =>
    JSON.stringify([
      ...[sketch.name, sketch.groupId, sketch.groupName].map((text) => text || undefined),
      ...[[...sketch.users].sort(), setupOf(sketch)],
    ]);
  return read(one) === read(other);
}
