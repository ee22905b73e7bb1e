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
  return (
    sameText(one.name, other.name) &&
    sameText(one.groupId, other.groupId) &&
    sameText(one.groupName, other.groupName) &&
    sameValues(one.users, other.users) &&
    sameSetup(one, other)
  );
}

/** An empty text is none, and is not kept. */
function sameText(one: string | undefined, other: string | undefined): boolean {
  return (one || undefined) === (other || undefined);
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function sameValues(one: readonly string[], other: readonly string[]): boolean {
  return sameList(one, other) || sameList(one.toSorted(), other.toSorted());
}

function sameSetup(one: Sketch, other: Sketch): boolean {
  // What the API tells in the same order needs no setups to be made of it, for every runtime at risk in every scan.
  const asTold =
    sameText(one.modelTemplateId, other.modelTemplateId) &&
    sameList(one.channels, other.channels) &&
    one.agents.length === other.agents.length &&
    one.agents.every(({ modelTemplateId, channels }, index) => {
      const agent = other.agents[index];
      return sameText(modelTemplateId, agent?.modelTemplateId) && sameList(channels, agent?.channels ?? []);
    });
  if (asTold) {
    return true;
  }
  const [before, now] = [setupOf(one), setupOf(other)];
  return before.template === now.template && sameList(before.channels, now.channels);
}
