import { isLoopback } from "./address.ts";
import type { Config } from "./schema.ts";

/** A setting that works, and that somebody should know about. */
export interface Risk {
  /** The key that it is about. */
  readonly key: string;
  readonly says: string;
  readonly todo: string | undefined;
}

type Rule = Config["access"]["rules"][number];

/** Settings that are right by themselves and may still not be what was meant. */
export function risksOf(config: Config): readonly Risk[] {
  return [...ofFleet(config), ...ofChannels(config), ...ofAccess(config), ...ofAddress(config)];
}

function ofFleet({ fleet }: Config): readonly Risk[] {
  return fleet.source === "simulator"
    ? [
        {
          key: "fleet.source",
          says: "The fleet is simulated: no answer is about a real runtime.",
          todo: "Set it to alibaba-cloud for a fleet of your own.",
        },
      ]
    : [];
}

const channelNames = ["lark", "dingtalk", "playground"] as const;

function ofChannels({ channels, access }: Config): readonly Risk[] {
  const risks: Risk[] = [];
  const { enabled, events, encryptKey } = channels.lark;
  if (enabled && events === "webhook" && encryptKey.reveal() === "") {
    risks.push({
      key: "channels.lark.encryptKey",
      says: "Events of Lark arrive unencrypted, and are told from forged ones by the verification token alone.",
      todo: "Set an encrypt key in the developer console, and here.",
    });
  }
  const open = channelNames.filter((name) => channels[name].enabled);
  if (open.length === 0) {
    risks.push({
      key: "channels",
      says: "No channel is enabled: nobody can ask anything.",
      todo: "Set enabled of one of them to true.",
    });
  }
  const unheard =
    access.default === "deny" ? open.filter((name) => !access.rules.some((rule) => isOf(rule, name))) : [];
  return [
    ...risks,
    ...unheard.map((name) => ({
      key: "access.rules",
      says: `Nobody may do anything in ${name}: no rule is about it, and access.default is deny.`,
      todo: `Write a rule with channel: ${name}`,
    })),
  ];
}

/** Whether a rule is about a channel, and allows something there. */
function isOf(rule: Rule, channel: string): boolean {
  return (rule.channel === "*" || rule.channel === channel) && rule.allow.length > 0;
}

function ofAccess({ access, channels }: Config): readonly Risk[] {
  const risks: Risk[] = [];
  if (access.default === "allow") {
    risks.push({
      key: "access.default",
      says: "Whoever can write to the bot may query, export, watch and save views, where no rule says otherwise.",
      todo: "Set it to deny, and write rules, unless that is meant.",
    });
  }
  access.rules.forEach((rule, index) => {
    const key = `access.rules[${index}]`;
    const before = access.rules.findIndex((earlier, place) => place < index && covers(earlier, rule));
    if (rule.channel !== "*" && !channels[rule.channel].enabled) {
      const todo = `Set channels.${rule.channel}.enabled to true, or leave the rule out.`;
      risks.push({ key, says: `This rule fits nobody: channels.${rule.channel} is not enabled.`, todo });
    } else if (before !== -1) {
      const todo = "Put the narrower rule first: the first one that fits counts.";
      risks.push({ key, says: `This rule is never reached: access.rules[${before}] fits all that it fits.`, todo });
    }
  });
  return risks;
}

/** Whether whoever the second rule fits is fitted by the first one already. */
function covers(one: Rule, other: Rule): boolean {
  const all = (ids: readonly string[] | undefined) => ids === undefined || ids.includes("*");
  const among = (wide: readonly string[] | undefined, narrow: readonly string[] | undefined) =>
    all(wide) || (!all(narrow) && (narrow ?? []).every((id) => wide?.includes(id)));
  const sameChannel = one.channel === "*" || one.channel === other.channel;
  return sameChannel && among(one.chats, other.chats) && among(one.users, other.users);
}

function ofAddress({ http, channels, access }: Config): readonly Risk[] {
  if (isLoopback(http.host.includes(":") ? `[${http.host}]` : http.host)) {
    return [];
  }
  const { rules, default: otherwise } = access;
  const first = rules.find(({ channel }) => channel === "playground" || channel === "*");
  const usable = first === undefined ? otherwise === "allow" : first.allow.length > 0;
  return channels.playground.enabled && usable
    ? [
        {
          key: "http.host",
          says: `Whoever reaches ${http.host} can use the playground, without a name or a password.`,
          todo: "Turn channels.playground.enabled off, or listen on 127.0.0.1.",
        },
      ]
    : [
        {
          key: "http.host",
          says: `Health and metrics can be read by whoever reaches ${http.host}.`,
          todo: undefined,
        },
      ];
}
