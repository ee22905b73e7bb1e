import { print } from "../commands/index.ts";
import { type Agent, plainProvider, type Runtime } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Card, Fact, SectionBlock } from "./card.ts";
import {
  button,
  buttons,
  card,
  nameOf,
  riskColour,
  runtimeTable,
  type Setting,
  statusColour,
  statusText,
  text,
} from "./parts.ts";
import type { FieldName, Texts } from "./texts/index.ts";

/** Everything that the API gave of one runtime, in groups, with its risks explained. */
export function runtimeCard(answer: Extract<Answer, { kind: "runtime" }>, setting: Setting): Card {
  const { runtime, command } = answer;
  const { texts } = setting;
  const status = statusText(runtime.status, texts.desktopStatus);
  const user = answer.byUser ? runtime.users[0] : undefined;
  return card(setting, {
    title: nameOf(runtime, texts),
    colour: riskColour(runtime) ?? (runtime.risks === undefined ? "blue" : "green"),
    tags: runtime.status === undefined ? [] : [{ text: status, colour: statusColour(runtime.status) ?? "blue" }],
    command: print(command),
    blocks: [
      ...riskBlocks(runtime, texts),
      ...sections(runtime, texts),
      { kind: "command", text: print(command) },
      buttons(
        button(texts.labels.refresh, command, "refresh"),
        runtime.groupId !== undefined &&
          usable(runtime.groupId) &&
          button(`${texts.fields.group}: ${runtime.groupName || runtime.groupId}`, list({ group: [runtime.groupId] })),
        user !== undefined && usable(user) && button(`${texts.columns.users}: ${user}`, list({ user: [user] })),
      ),
    ],
  });
}

function list(filters: Readonly<Record<string, readonly string[]>>): string {
  return print({ kind: "list", filters, page: 1, size: 10 });
}

/** Whether a text of the API is short enough to be a value of a command and a label. */
function usable(value: string): boolean {
  return value !== "" && value.length <= 60;
}

/** The runtimes of one name, to choose from. */
export function choicesCard(answer: Extract<Answer, { kind: "choices" }>, setting: Setting): Card {
  const { texts } = setting;
  return card(setting, {
    title: texts.words.runtimes,
    colour: "blue",
    command: print(answer.command),
    blocks: [
      text(texts.choices(answer.target, answer.runtimes.length)),
      runtimeTable(answer.runtimes, texts),
      {
        kind: "pickers",
        pickers: [
          {
            label: texts.labels.details,
            options: answer.runtimes
              .filter((runtime) => runtime.id !== "")
              .map((runtime) => ({
                label: runtime.id,
                command: print({ kind: "show", target: runtime.id }),
                selected: false,
              })),
          },
        ],
      },
    ],
  });
}

function riskBlocks(runtime: Runtime, texts: Texts): readonly Block[] {
  if (runtime.risks === undefined || runtime.risks.length === 0) {
    return [text(runtime.risks === undefined ? texts.riskUnknown : texts.noRisk)];
  }
  const blocks = runtime.risks.flatMap((risk): Block[] => [
    text(texts.risks[risk].meaning, "warning"),
    text(texts.risks[risk].todo),
  ]);
  return [{ kind: "section", title: texts.sections.risk, collapsed: false, blocks }];
}

function sections(runtime: Runtime, texts: Texts): readonly SectionBlock[] {
  const { sections: titles, channel } = texts;
  const names = (values: readonly string[]) => join(values.map((value) => withName(value, channel)));
  const group = runtime.groupName && `${runtime.groupName} (${runtime.groupId ?? "–"})`;
  const known: readonly (SectionBlock | undefined)[] = [
    section(titles.people, texts, { users: join(runtime.users), assigned: flag(runtime.hasUser, texts) }),
    section(titles.desktop, texts, {
      id: runtime.id,
      resource: runtime.resourceId,
      name: runtime.name,
      status: runtime.status && statusText(runtime.status, texts.desktopStatus),
      os: runtime.os,
      region: runtime.region,
      location: runtime.regionLocation,
      group: group || runtime.groupId,
      management: join(runtime.management),
    }),
    ...runtime.agents.map((agent) => agentSection(agent, texts)),
    section(titles.model, texts, {
      modelConfigured: flag(runtime.modelConfigured, texts),
      template: runtime.modelTemplateId,
      templateName: runtime.modelTemplateName,
    }),
    section(titles.channels, texts, {
      channelConfigured: flag(runtime.channelConfigured, texts),
      channels: names(runtime.channels),
      qrCode: names(runtime.qrCodeChannels),
    }),
    section(titles.messaging, texts, {
      imStatus: runtime.messaging?.status,
      cloudSpace: runtime.messaging?.cloudSpace,
      online: runtime.messaging?.online,
    }),
    furtherSection(titles.further, runtime.other),
  ];
  return known.filter((one) => one !== undefined);
}

function agentSection(agent: Agent, texts: Texts): SectionBlock | undefined {
  const provider = agent.provider ? plainProvider(agent.provider) : "";
  const title = texts.sections.agent(provider).trim();
  const own = section(title, texts, {
    provider: agent.provider,
    platform: agent.platform,
    version: agent.version,
    agentStatus: agent.status && statusText(agent.status, texts.agentStatus),
    source: agent.source,
    modelConfigured: flag(agent.modelConfigured, texts),
    template: agent.modelTemplateId,
    channelConfigured: flag(agent.channelConfigured, texts),
    channels: join(agent.channels.map((value) => withName(value, texts.channel))),
  });
  const further = furtherSection(title, agent.other);
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
  const facts = (Object.keys(values) as FieldName[]).flatMap((name): Fact[] => {
    const value = values[name];
    return value === undefined || value === "" ? [] : [{ label: texts.fields[name], value }];
  });
  return ofFacts(title, facts, false);
}

/** Fields that this version does not know, as they came. */
function furtherSection(title: string, other: Readonly<Record<string, unknown>>): SectionBlock | undefined {
  const facts = Object.entries(other)
    .slice(0, 30)
    .map(([label, value]) => ({ label: clip(label, 60), value: clip(readable(value), 300) }));
  return ofFacts(title, facts, true);
}

function ofFacts(title: string, facts: readonly Fact[], collapsed: boolean): SectionBlock | undefined {
  return facts.length === 0
    ? undefined
    : { kind: "section", title, collapsed, blocks: [{ kind: "facts", style: "list", facts }] };
}

function readable(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "–");
}

function clip(value: string, length: number): string {
  return value.length <= length ? value : `${value.slice(0, length - 1)}…`;
}

function join(values: readonly string[]): string {
  return values.filter((value) => value !== "").join(", ");
}

function flag(value: boolean | undefined, texts: Texts): string | undefined {
  return value === undefined ? undefined : value ? texts.words.yes : texts.words.no;
}

function withName(value: string, names: Readonly<Record<string, string>>): string {
  const name = names[value];
  return name === undefined ? value : `${name} (${value})`;
}
