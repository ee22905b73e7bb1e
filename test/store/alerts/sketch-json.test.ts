import fc from "fast-check";
import { expect, it } from "vitest";
import type { Runtime } from "../../../src/fleet/index.ts";
import { riskKinds } from "../../../src/fleet/index.ts";
import { type EpisodeBody, packBody, unpackBody } from "../../../src/store/alerts/sketch-json.ts";
import { storedKey } from "../../../src/store/stored.ts";
import { agentOf, runtimeOf } from "../../builders.ts";

/** Blank texts are not told from none. */
const text = fc.option(fc.string({ unit: "binary", minLength: 1 }), { nil: undefined });
const texts = fc.array(fc.string({ unit: "binary" }), { maxLength: 3 });
const flag = fc.option(fc.boolean(), { nil: undefined });

const agent = fc.record({
  ...{ platform: text, provider: text, version: text, status: text, modelConfigured: flag, channelConfigured: flag },
  ...{ channels: texts, source: text, modelTemplateId: text, other: fc.constant({}) },
});

const runtime: fc.Arbitrary<Runtime> = fc.record({
  ...{ id: fc.string({ unit: "binary" }), resourceId: text, name: text, status: text, os: text, region: text },
  ...{ regionLocation: text, users: texts, hasUser: flag, agents: fc.array(agent, { maxLength: 3 }) },
  ...{ modelConfigured: flag, modelTemplateId: text, modelTemplateName: text, channelConfigured: flag },
  ...{ channels: texts, qrCodeChannels: texts },
  messaging: fc.option(fc.record({ status: text, cloudSpace: text, online: text }), { nil: undefined }),
  risks: fc.option(fc.subarray([...riskKinds]), { nil: undefined }),
  ...{ groupId: text, groupName: text, management: texts, other: fc.constant({}) },
});

const body: fc.Arbitrary<EpisodeBody> = fc.record({
  runtime: fc.string({ unit: "binary" }),
  seen: runtime,
  before: fc.option(fc.record({ template: text, channels: texts }), { nil: undefined }),
});

/** What the columns of an episode hold. */
function columnsOf({ runtime: id, seen }: EpisodeBody) {
  return { runtime: storedKey(id), name: seen.name ? storedKey(seen.name) : null };
}

it("what is packed of an episode comes back as it was", () => {
  fc.assert(
    fc.property(body, (one) => {
      const columns = columnsOf(one);
      expect(unpackBody(packBody(one, columns), columns)).toEqual(one);
    }),
  );
});

it("whatever stands in the store is read as an episode with the runtime of its column", () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.object().map((value) => JSON.stringify({ s: value, b: value })),
  );
  fc.assert(
    fc.property(anything, (stored) => {
      const read = unpackBody(stored, { runtime: "ecd-1", name: null });
      expect(typeof read.runtime).toBe("string");
      expect(read.seen).toMatchObject({ other: {} });
    }),
  );
});

it("what one field says that cannot be read does not take the others along", () => {
  const stored = JSON.stringify({
    s: { s: "Running", u: "li.na", a: [{ p: 7, v: "1.0" }], k: ["model-modified", "new"] },
  });

  expect(unpackBody(stored, { runtime: "ecd-1", name: "agent" }).seen).toMatchObject({
    ...{ id: "ecd-1", name: "agent", status: "Running", users: [], risks: ["model-modified"] },
    agents: [{ platform: undefined, version: "1.0" }],
  });
});

it("fields that are not known are not stored", () => {
  const seen = runtimeOf({ other: { NewField: "value" }, agents: [agentOf({ other: { Another: "value" } })] });

  expect(packBody({ runtime: seen.id, seen, before: undefined }, { runtime: seen.id, name: null })).not.toContain(
    "value",
  );
});
