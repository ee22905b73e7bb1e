import type { CommandProblem, Key } from "../../commands/index.ts";
import type { FleetFailure } from "../../fleet/index.ts";
import type { Advice, Texts } from "./texts.ts";

const number = new Intl.NumberFormat("en");
const some = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`;
const orList = (words: readonly string[]): string => new Intl.ListFormat("en", { type: "disjunction" }).format(words);

const keys: Readonly<Record<Key, string>> = {
  provider: "who makes the agent",
  status: "status of the desktop",
  agent: "status of the agent",
  version: "version of the agent",
  id: "id of the runtime",
  resource: "id of the desktop under it",
  name: "name of the runtime",
  user: "who is authorised on it",
  assigned: "whether anybody is authorised on it",
  model: "whether a model is configured",
  template: "model group",
  channel: "whether a messaging channel is configured, or which",
  source: "who deployed the agent",
  group: "resource group",
  platform: "agent platform",
  edition: "business type; 1 is the Enterprise Edition",
  risk: "whether it is at risk, or how",
  "risk-info": "whether risk is asked for at all",
  os: "operating system",
  region: "region",
  managed: "management status",
  online: "whether the messaging agent is online",
  office: "office network",
  page: "page of the list",
  size: "runtimes a page, at most 50",
  sort: "order; - first for descending",
  by: "what a summary counts by",
};

function problem(it: CommandProblem): string {
  switch (it.kind) {
    case "not-a-command":
      return "A command begins with a slash, for example /runtimes.";
    case "too-long":
      return `This is too long for a command: at most ${number.format(it.limit)} characters are read.`;
    case "unclosed-quote":
      return "A quotation mark is opened here and never closed.";
    case "unknown-command":
      return `There is no command ${it.word}.`;
    case "unknown-word":
      return `“${it.word}” does not belong here: filters are written key=value, and a value with blanks in quotation marks.`;
    case "unknown-topic":
      return `There is no help on “${it.word}”.`;
    case "unknown-key":
      return `There is no filter “${it.word}”.`;
    case "planned":
      return `This version of Deskhand does not have ${it.word} yet.`;
    case "key-elsewhere":
      return `“${it.key}” means nothing in this command.`;
    case "missing-target":
      return "Which runtime? Its id or its name is missing.";
    case "missing-value":
      return it.allowed.length === 0
        ? `“${it.key}” has no value.`
        : `“${it.key}” has no value; it can be ${orList(it.allowed)}.`;
    case "bad-value":
      return `“${it.word}” is not a value of “${it.key}”; it can be ${orList(it.allowed)}.`;
    case "not-whole":
      return it.greatest > 0
        ? `“${it.key}” is a whole number from 1 to ${number.format(it.greatest)}.`
        : `“${it.key}” is a whole number.`;
    case "value-too-long":
      return `This value is too long: at most ${it.limit} characters.`;
    case "too-many-values":
      return `“${it.key}” takes at most ${it.limit} values.`;
    case "one-value":
      return `“${it.key}” takes one value, once.`;
    case "exclusive":
      return `For “${it.key}” give either yes, or no, or names.`;
    case "contradiction":
      return `“${it.key}=no” leaves out what “${it.other}” asks for.`;
  }
}

function failure(it: FleetFailure): Advice {
  switch (it.kind) {
    case "denied":
      return {
        happened: `Alibaba Cloud does not allow this bot to read the list of runtimes${it.principal ? ` (${it.principal})` : ""}.`,
        todo: `Allow the action ${it.action ?? "appstreaming:ListDesktopAgentRuntime"} on resource * in a RAM policy for it.`,
      };
    case "credentials":
      return {
        happened: "Alibaba Cloud does not know the access key of this bot, or its security token has expired.",
        todo: "Check the credentials under fleet.alibabaCloud in app.yaml.",
      };
    case "signature":
      return {
        happened: "Alibaba Cloud refused the signature of the request.",
        todo: "The secret does not belong to the access key: check fleet.alibabaCloud.credentials in app.yaml.",
      };
    case "clock":
      return {
        happened: "Alibaba Cloud refused the time of the request.",
        todo: "The clock of the machine that this bot runs on is more than 15 minutes off: set it right.",
      };
    case "parameter":
      return {
        happened: "Alibaba Cloud refused a value of this command.",
        todo: "Check the values, or ask with fewer filters.",
      };
    case "throttled":
      return { happened: "Alibaba Cloud is asking this bot to slow down.", todo: "Try again in a minute." };
    case "service":
      return { happened: "Alibaba Cloud App Streaming failed to answer.", todo: "Try again in a few minutes." };
    case "unreachable":
      return {
        happened: "Alibaba Cloud App Streaming cannot be reached.",
        todo: "Check the network of the machine that this bot runs on, and fleet.alibabaCloud.endpoint in app.yaml.",
      };
    case "timeout":
      return {
        happened: "Alibaba Cloud App Streaming did not answer in time.",
        todo: "Try again, or narrow the list with a filter.",
      };
    case "unreadable":
      return {
        happened: "What came back was not an answer of Alibaba Cloud App Streaming.",
        todo: "Check for a proxy between this bot and the API, and try again.",
      };
    case "overloaded":
      return { happened: "Too many requests are waiting already.", todo: "Try again in a minute." };
    case "stopped":
      return { happened: "The bot is being restarted.", todo: "Try again in a minute." };
  }
}

export const en: Texts = {
  words: {
    runtimes: "Agent runtimes",
    runtime: "Agent runtime",
    total: "Runtimes",
    summary: "Summary of agent runtimes",
    help: "Deskhand",
    running: "Running",
    stopped: "Stopped",
    other: "Other",
    atRisk: "At risk",
    onThisPage: (label) => `${label} on this page`,
    yes: "yes",
    no: "no",
    none: "none",
    unknown: "unknown",
    all: "All",
    example: "Example",
    key: "Filter",
    meaning: "Meaning",
    values: "Values",
    anyText: "any text",
    wholeNumber: "a whole number",
  },
  labels: {
    previous: "Previous",
    next: "Next",
    refresh: "Refresh",
    details: "Details",
    lastPage: "Last page",
    withoutFilters: "Without filters",
    tryAgain: "Try again",
    list: "List",
    summary: "Summary",
    help: "Help",
    run: (command) => `Run ${command}`,
  },
  columns: { name: "Name", status: "Status", agent: "Agent", users: "Users", risk: "Risk" },
  page: (page, pages, total) => `Page ${page} of ${pages} · ${total} ${total === 1 ? "runtime" : "runtimes"}`,
  count: (total) => some(total, "runtime", "runtimes"),
  risks: {
    "agent-uninstalled": {
      short: "agent uninstalled",
      meaning: "The agent has been uninstalled from the desktop.",
      todo: "Ask the authorised users, then deploy the agent again or release the desktop.",
    },
    "model-modified": {
      short: "model changed",
      meaning: "The model is no longer the one that the administrator delivered.",
      todo: "Compare the model with its template, deliver the configuration again, and find out who changed it.",
    },
    "channel-modified": {
      short: "channel changed",
      meaning: "A messaging channel is no longer as the administrator delivered it.",
      todo: "Compare the channels with what was delivered, remove those nobody ordered, and deliver the configuration again.",
    },
  },
  desktopStatus: {},
  agentStatus: {},
  channel: { "dingtalk-connector": "DingTalk", wechat: "WeChat", feishu: "Feishu", qqbot: "QQ", wecom: "WeCom" },
  facets: {
    status: "Status",
    agent: "Agent status",
    provider: "Provider",
    version: "Version",
    region: "Region",
    group: "Resource group",
    channel: "Channel",
    risk: "Risk",
    os: "Operating system",
  },
  keys,
  pickers: { status: "Status", risk: "Risk", provider: "Provider", size: "Rows" },
  perPage: (size) => `${size} a page`,
  notes: {
    empty: "No runtime matches.",
    beyond: (page, pages) => `There is no page ${page}: the last one is page ${pages}.`,
    doubles: (count) =>
      `${some(count, "runtime is", "runtimes are")} left out here: with agents of two providers, they stand on an earlier page.`,
    unreadable: (count) => `${some(count, "row", "rows")} of the API could not be read.`,
    moved: "The list changed while it was read: some runtimes may be missing.",
    totalsOnly: "The list is long: it was counted by the API's totals, without reading every runtime.",
    countsSeveral: "A runtime with several agents or channels counts under each.",
    shrunk: "Shortened to fit a card.",
  },
  fields: {
    id: "Id",
    resource: "Resource",
    name: "Name",
    status: "Status",
    os: "Operating system",
    region: "Region",
    location: "Location",
    group: "Resource group",
    management: "Management",
    users: "Authorised users",
    assigned: "Has users",
    platform: "Platform",
    provider: "Provider",
    version: "Version",
    agentStatus: "Agent status",
    source: "Deployed by",
    modelConfigured: "Model configured",
    template: "Model template",
    templateName: "Template name",
    channelConfigured: "Channel configured",
    channels: "Channels",
    qrCode: "QR code under way",
    imStatus: "Messaging",
    cloudSpace: "CloudSpace",
    online: "Online",
  },
  sections: {
    risk: "Risk",
    desktop: "Desktop",
    agent: (provider) => `Agent ${provider}`,
    model: "Model",
    channels: "Channels",
    people: "People",
    messaging: "Messaging",
    further: "Further fields",
    commands: "Commands",
    filters: "Filters",
    examples: "Try",
  },
  noRisk: "No risk is known.",
  riskUnknown: "The API said nothing on risk.",
  tooLarge: (total, limit) => ({
    happened: `${number.format(total)} runtimes would have to be read one by one for this; at most ${number.format(limit)} are.`,
    todo: "Narrow the list with filters such as status, group, provider or risk.",
  }),
  missing: (target) => ({
    happened: `There is no runtime with the id or the name “${target}”.`,
    todo: "Names are compared whole. The list shows what there is.",
  }),
  choices: (target, count) => `${some(count, "runtime is", "runtimes are")} called “${target}”. Which one?`,
  problem,
  suggestion: (word) => `Did you mean “${word}”?`,
  problemTitle: "That command cannot be read",
  failureTitle: "The list cannot be had",
  failure,
  requestId: (id) => `Request id ${id}`,
  wait: {
    working: "Asking Alibaba Cloud…",
    queued: "Waiting for a turn: other requests go first…",
    throttled: "Alibaba Cloud is busy, retrying…",
    retrying: "No answer yet, retrying…",
  },
  workingTitle: "One moment",
  refused: {
    title: "Not here",
    happened: "This is not available to you in this chat.",
    todo: "Ask the operator of this bot.",
  },
  late: (minutes) => ({
    title: "Too late",
    happened: `This command reached the bot ${minutes} minutes after it was written, and was not run.`,
    todo: "Send it again if it is still wanted.",
  }),
  busy: {
    title: "Busy",
    happened: "The bot has too much to do at the moment.",
    todo: "Try again in a minute.",
  },
  internal: {
    title: "Something went wrong",
    happened: "The bot failed to answer this command. That is a fault of the bot, and it is in its log.",
    todo: "Try again; if it stays, tell the operator.",
  },
  help: {
    intro: "Ask about cloud desktops and the agents on them.",
    commands: {
      runtimes: "list runtimes, a page a card",
      show: "everything that is known of one runtime",
      summary: "counts and shares",
      risks: "runtimes whose agent was changed or removed",
      filters: "every filter with its values",
    },
    syntax:
      "key=value, key:value and --key value mean the same. Lists take commas, values with blanks take quotation marks.",
  },
};
