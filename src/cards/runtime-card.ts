import { defaultSize, print } from "../commands/index.ts";
import { type Agent, type Filters, plainProvider, type Runtime, riskKinds } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Card, Fact, SectionBlock, Tag } from "./card.ts";
import { clip, lengths } from "./clip.ts";
import { askable, button, buttons, card, note, type Setting, tag, text, wordFor } from "./parts.ts";
import { nameOf, riskColour, statusColour, statusText } from "./runtime-row.ts";
import type { FieldName, Texts } from "./texts/index.ts";

/** Everything that the API gave of one runtime, in groups, with its risks explained. */
export function runtimeCard(answer: Extract<Answer, { kind: "runtime" }>, setting: Setting): Card {
  const { runtime, command } = answer;
  const { texts } = setting;
  return card(setting, {
    title: nameOf(runtime, texts),
    colour: riskColour(runtime) ?? (runtime.risks === undefined ? "blue" : "green"),
    tags: tags(runtime, texts),
    command: print(command),
    blocks: [
      ...riskBlocks(runtime, texts),
      ...sections(runtime, texts),
      { kind: "command", text: print(command) },
      buttons(
        button(texts.labels.refresh, command, "refresh"),
        ...relatives(answer, texts),
        button(texts.labels.list, "/runtimes"),
      ),
    ],
  });
}

/** The worst first: what a card shows only the head of still says it. */
function tags(runtime: Runtime, texts: Texts): readonly Tag[] {
  const risks = riskKinds.filter((kind) => runtime.risks?.includes(kind));
  const status = runtime.status
    ? [tag(statusText(runtime.status, texts.desktopStatus), statusColour(runtime.status) ?? "blue")]
    : [];
  const room = 3 - status.length;
  return [
    ...status,
    ...risks
      .slice(0, room)
      .map((kind) => tag(texts.risks[kind].short, kind === "agent-uninstalled" ? "red" : "orange")),
  ];
}

/** Lists of the runtimes that have something in common with this one. */
function relatives({ runtime, byUser }: Extract<Answer, { kind: "runtime" }>, texts: Texts) {
  const { groupId, groupName } = runtime;
  const user = byUser ? runtime.users[0] : undefined;
  const group = groupId ? listOf({ group: [groupId] }) : undefined;
  const ofUser = user ? listOf({ user: [user] }) : undefined;
  return [
    group !== undefined && button(texts.labels.inGroup(clip(groupName || groupId || "", 40)), group),
    ofUser !== undefined && button(texts.labels.ofUser(clip(user ?? "", 40)), ofUser),
  ];
}

function listOf(filters: Filters): string | undefined {
  return askable({ kind: "list", filters, page: 1, size: defaultSize });
}

function riskBlocks(runtime: Runtime, texts: Texts): readonly Block[] {
  if (runtime.risks === undefined || runtime.risks.length === 0) {
    return [text(runtime.risks === undefined ? texts.riskUnknown : texts.noRisk)];
  }
  const blocks = riskKinds
    .filter((kind) => runtime.risks?.includes(kind))
    .flatMap((risk): Block[] => [text(texts.risks[risk].meaning, "warning"), text(texts.risks[risk].todo)]);
  return [{ kind: "section", title: texts.sections.risk, collapsed: false, blocks }];
}

function sections(runtime: Runtime, texts: Texts): readonly Block[] {
  const { sections: titles } = texts;
  const group = runtime.groupName && `${runtime.groupName} (${runtime.groupId ?? "–"})`;
  const known: readonly (Block | undefined)[] = [
    section(titles.people, texts, { users: texts.together(runtime.users), assigned: flag(runtime.hasUser, texts) }),
    section(titles.desktop, texts, {
      id: runtime.id,
      resource: runtime.resourceId,
      name: runtime.name,
      status: runtime.status && statusText(runtime.status, texts.desktopStatus),
      os: runtime.os,
      region: runtime.region,
      location: runtime.regionLocation,
      group: group || runtime.groupId,
      management: texts.together(runtime.management.filter((one) => one !== "")),
    }),
    ...runtime.agents.slice(0, mostAgents).map((agent) => agentSection(agent, texts)),
    note(runtime.agents.length > mostAgents && texts.notes.moreAgents(runtime.agents.length - mostAgents)),
    section(titles.model, texts, {
      modelConfigured: flag(runtime.modelConfigured, texts),
      template: runtime.modelTemplateId,
      templateName: runtime.modelTemplateName,
    }),
    section(titles.channels, texts, {
      channelConfigured: flag(runtime.channelConfigured, texts),
      channels: channels(runtime.channels, texts),
      qrCode: channels(runtime.qrCodeChannels, texts),
    }),
    section(titles.messaging, texts, {
      imStatus: runtime.messaging?.status,
      cloudSpace: runtime.messaging?.cloudSpace,
      online: runtime.messaging?.online,
    }),
    furtherSection(titles.further, runtime.other, texts),
  ];
  return known.filter((one) => one !== undefined);
}

/** A runtime has one agent or two; a row that claims more of them does not drown the card. */
const mostAgents = 10;

function agentSection(agent: Agent, texts: Texts): SectionBlock | undefined {
  const provider = agent.provider ? plainProvider(agent.provider) : "";
  const title = clip(texts.sections.agent(provider).trim(), lengths.label);
  const own = section(title, texts, {
    provider: agent.provider,
    platform: agent.platform,
    version: agent.version,
    agentStatus: agent.status && statusText(agent.status, texts.agentStatus),
    source: agent.source,
    modelConfigured: flag(agent.modelConfigured, texts),
    template: agent.modelTemplateId,
    channelConfigured: flag(agent.channelConfigured, texts),
    channels: channels(agent.channels, texts),
  });
  const further = furtherSection(title, agent.other, texts);
  if (own === undefined || further === undefined) {
    return own ?? further;
  }
  return { ...own, blocks: [...own.blocks, ...further.blocks] };
}

function section(
  title: string,
  texts: Texts,
  values: { readonly [Name in FieldName]?: string | undefined },
): SectionBlock | undefined {
  const names = Object.keys(values).filter((name): name is FieldName => Object.hasOwn(texts.fields, name));
  const facts = names.flatMap((name): Fact[] => {
    const value = values[name];
    return value === undefined || value === ""
      ? []
      : [{ label: texts.fields[name], value: clip(value, lengths.value) }];
  });
  return facts.length === 0 ? undefined : ofFacts(title, facts, false);
}

const mostFurtherFields = 50;

/** Fields that this version does not know, as they came. */
function furtherSection(
  title: string,
  other: Readonly<Record<string, unknown>>,
  texts: Texts,
): SectionBlock | undefined {
  const all = Object.entries(other);
  if (all.length === 0) {
    return undefined;
  }
  const facts = all
    .slice(0, mostFurtherFields)
    .map(([label, value]) => ({ label: clip(label, lengths.label), value: clip(readable(value), lengths.value) }));
  const shown = ofFacts(title, facts, true);
  const more = all.length - facts.length;
  return more === 0 ? shown : { ...shown, blocks: [...shown.blocks, text(texts.notes.moreFields(more), "small")] };
}

function ofFacts(title: string, facts: readonly Fact[], collapsed: boolean): SectionBlock {
  return { kind: "section", title, collapsed, blocks: [{ kind: "facts", style: "list", facts }] };
}

function readable(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "–");
}

function flag(value: boolean | undefined, texts: Texts): string | undefined {
  return value === undefined ? undefined : value ? texts.words.yes : texts.words.no;
}

function channels(names: readonly string[], texts: Texts): string {
  const shown = names.map((name) => {
    const word = wordFor(name, texts.channel);
    return word === undefined ? name : `${word} (${name})`;
  });
  return texts.together(shown);
}
