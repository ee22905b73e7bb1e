import { z } from "zod";
import type { Setup, Sketch } from "../../alerts/index.ts";
import { type Agent, type InstantMessaging, riskKinds } from "../../fleet/index.ts";
import { readJson } from "../json.ts";

// A sketch is stored under names of one or two letters and without what is empty, as there may be a hundred thousand of them.
// What cannot be read of one is not known of its runtime.

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const texts = z.array(z.string()).optional().catch(undefined);

const agentSchema = z.object({
  ...{ p: text, pr: text, v: text, s: text, m: flag, c: flag, ch: texts, so: text, t: text },
});

const messagingSchema = z.object({ s: text, c: text, o: text });

const sketchSchema = z.object({
  ...{ i: text, r: text, n: text, s: text, o: text, re: text, rl: text, u: texts, hu: flag },
  a: z.array(agentSchema).optional().catch(undefined),
  ...{ m: flag, t: text, tn: text, c: flag, ch: texts, q: texts },
  im: messagingSchema.optional().catch(undefined),
  ...{ k: texts, g: text, gn: text, mg: texts },
});

const setupSchema = z.object({ t: text, c: texts });

const bodySchema = z.object({
  /** The runtime's id where the column does not hold it as it is. */
  r: text,
  s: sketchSchema.catch({}),
  b: setupSchema.optional().catch(undefined),
});

/** What of an episode is not in a column of its own. */
export interface EpisodeBody {
  readonly runtime: string;
  readonly seen: Sketch;
  readonly before: Setup | undefined;
}

/** What the columns of an episode hold of it already. */
interface Columns {
  readonly runtime: string;
  readonly name: string | null;
}

type Packed<Schema extends z.ZodType> = z.input<Schema>;

export function packBody({ runtime, seen, before }: EpisodeBody, columns: Columns): string {
  const body: Packed<typeof bodySchema> = {
    r: runtime === columns.runtime ? undefined : runtime,
    s: packSketch(seen, runtime, columns),
    b: before && packSetup(before),
  };
  return JSON.stringify(body);
}

/** Never fails: of a body that is no JSON nothing is known but the columns. */
export function unpackBody(body: string, columns: Columns): EpisodeBody {
  const { r: runtime = columns.runtime, s, b } = readJson(bodySchema, body) ?? { s: {} };
  return { runtime, seen: unpackSketch(s, runtime, columns), before: b && unpackSetup(b) };
}

/** How a runtime is set up, as JSON. */
export function setupJson(setup: Setup): string {
  return JSON.stringify(packSetup(setup));
}

export const storedSetupSchema: z.ZodType<Setup> = setupSchema.transform(unpackSetup);

const full = (value: string | undefined) => value || undefined;
const some = (values: readonly string[]) => (values.length === 0 ? undefined : [...values]);

function packSetup({ template, channels }: Setup): Packed<typeof setupSchema> {
  return { t: full(template), c: some(channels) };
}

function unpackSetup({ t, c = [] }: z.output<typeof setupSchema>): Setup {
  return { template: t, channels: c };
}

function packSketch(sketch: Sketch, runtime: string, { name }: Columns): Packed<typeof sketchSchema> {
  return {
    i: sketch.id === runtime ? undefined : sketch.id,
    r: full(sketch.resourceId),
    n: sketch.name === name ? undefined : full(sketch.name),
    s: full(sketch.status),
    o: full(sketch.os),
    re: full(sketch.region),
    rl: full(sketch.regionLocation),
    u: some(sketch.users),
    hu: sketch.hasUser,
    a: sketch.agents.length === 0 ? undefined : sketch.agents.map(packAgent),
    m: sketch.modelConfigured,
    t: full(sketch.modelTemplateId),
    tn: full(sketch.modelTemplateName),
    c: sketch.channelConfigured,
    ch: some(sketch.channels),
    q: some(sketch.qrCodeChannels),
    im: sketch.messaging && packMessaging(sketch.messaging),
    // None and not known are not the same.
    k: sketch.risks && [...sketch.risks],
    g: full(sketch.groupId),
    gn: full(sketch.groupName),
    mg: some(sketch.management),
  };
}

function unpackSketch(packed: z.output<typeof sketchSchema>, runtime: string, { name }: Columns): Sketch {
  return {
    id: packed.i ?? runtime,
    resourceId: packed.r,
    name: packed.n ?? name ?? undefined,
    status: packed.s,
    os: packed.o,
    region: packed.re,
    regionLocation: packed.rl,
    users: packed.u ?? [],
    hasUser: packed.hu,
    agents: (packed.a ?? []).map(unpackAgent),
    modelConfigured: packed.m,
    modelTemplateId: packed.t,
    modelTemplateName: packed.tn,
    channelConfigured: packed.c,
    channels: packed.ch ?? [],
    qrCodeChannels: packed.q ?? [],
    messaging: packed.im && unpackMessaging(packed.im),
    risks: packed.k && riskKinds.filter((kind) => packed.k?.includes(kind)),
    groupId: packed.g,
    groupName: packed.gn,
    management: packed.mg ?? [],
    other: {},
  };
}

function packAgent(agent: Agent): Packed<typeof agentSchema> {
  return {
    p: full(agent.platform),
    pr: full(agent.provider),
    v: full(agent.version),
    s: full(agent.status),
    m: agent.modelConfigured,
    c: agent.channelConfigured,
    ch: some(agent.channels),
    so: full(agent.source),
    t: full(agent.modelTemplateId),
  };
}

function unpackAgent(packed: z.output<typeof agentSchema>): Agent {
  return {
    platform: packed.p,
    provider: packed.pr,
    version: packed.v,
    status: packed.s,
    modelConfigured: packed.m,
    channelConfigured: packed.c,
    channels: packed.ch ?? [],
    source: packed.so,
    modelTemplateId: packed.t,
    other: {},
  };
}

function packMessaging({ status, cloudSpace, online }: InstantMessaging): Packed<typeof messagingSchema> {
  return { s: full(status), c: full(cloudSpace), o: full(online) };
}

function unpackMessaging({ s, c, o }: z.output<typeof messagingSchema>): InstantMessaging {
  return { status: s, cloudSpace: c, online: o };
}
