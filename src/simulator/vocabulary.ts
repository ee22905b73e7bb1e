/** The values of DesktopStatuses. */
export const desktopStatuses = [
  "Stopped",
  "Starting",
  "Rebuilding",
  "Running",
  "Stopping",
  "Expired",
  "Deleted",
  "Pending",
] as const;

/** The values of AgentInstanceStatuses. */
export const agentStatuses = [
  "Undeployed",
  "Deploying",
  "Stopped",
  "Starting",
  "Running",
  "Stopping",
  "Deleted",
  "Deployed",
  "Unavailable",
] as const;

/** Values that rows rarely show although the API's page does not know them. */
export const unknownDesktopStatus = "Migrating";
export const unknownAgentStatus = "Upgrading";

export const platforms = ["ENTERPRISE", "ENTERPRISE_JVS"] as const;
export const deploymentSources = ["User", "Admin"] as const;
export const onlineStatuses = ["Online", "Offline"] as const;
export const channels = ["dingtalk-connector", "wechat", "feishu", "qqbot", "wecom"] as const;

/** How rows spell a provider, the usual spelling first; requests compare without case, `_`, `-` and blanks. */
export const providers = [
  { name: "OpenClaw", word: "openclaw", spellings: ["OPEN_CLAW", "OpenClaw", "open-claw"] },
  { name: "HermesAgent", word: "hermes", spellings: ["HERMES_AGENT", "HermesAgent", "Hermes Agent"] },
] as const;

export const regions = [
  { id: "cn-hangzhou", location: "Mainland", weight: 35 },
  { id: "cn-shanghai", location: "Mainland", weight: 24 },
  { id: "cn-beijing", location: "Mainland", weight: 11 },
  { id: "cn-shenzhen", location: "Mainland", weight: 9 },
  { id: "ap-southeast-1", location: "Overseas", weight: 12 },
  { id: "cn-hongkong", location: "Overseas", weight: 4 },
  { id: "ap-northeast-1", location: "Overseas", weight: 3 },
  { id: "us-west-1", location: "Overseas", weight: 2 },
] as const;

export const groups = [
  { id: "rg-finance", name: "Finance", word: "finance", chinese: "财务", weight: 22 },
  { id: "rg-support", name: "客服中心", word: "support", chinese: "客服", weight: 24 },
  { id: "rg-research", name: "Research", word: "research", chinese: "研发", weight: 20 },
  { id: "rg-marketing", name: "Marketing", word: "marketing", chinese: "市场", weight: 14 },
  { id: "rg-people", name: "人力资源", word: "people", chinese: "人事", weight: 8 },
  { id: "rg-default", name: "default resource group", word: "shared", chinese: "公共", weight: 12 },
] as const;

export const modelTemplates = [
  { id: "mt-general", name: "General assistant" },
  { id: "mt-coding", name: "Coding" },
  { id: "mt-finance", name: "财务模型组" },
  { id: "mt-support", name: "客服模型组" },
  { id: "mt-long-context", name: "Long context" },
  { id: "mt-small", name: "Small and quick" },
] as const;

/** Template that an agent has which its user set up: nothing of it was delivered by the administrator. */
export const customTemplate = { id: "mt-custom", name: "custom" } as const;

export const agentTemplates = ["at-standard", "at-finance", "at-support", "at-research"] as const;

/** Versions, oldest first. Rows spell them plainly or with the agent's name before. */
export const versions = [
  "2026.2.9",
  "2026.2.26",
  "2026.3.8",
  "2026.3.13",
  "2026.3.28",
  "2026.4.2",
  "2026.4.15",
  "2026.4.29",
  "2026.5.6",
  "2026.5.20",
  "2026.6.3",
  "2026.6.17",
] as const;

export const people = [
  "li.na",
  "wang.wei",
  "zhang.san@example.com",
  "张三",
  "chen.jie",
  "liu.yang",
  "zhao.lei@example.com",
  "李四",
  "sun.li",
  "zhou.min",
  "wu.qiang",
  "王芳",
  "xu.jing",
  "huang.tao@example.com",
  "gao.fei",
  "刘洋",
  "lin.xia",
  "he.ping",
  "alice.tan@example.com",
  "bob.lee",
] as const;

export const chineseRoles = ["小助手", "机器人", "智能体", "数据助手"] as const;

/** A name that people leave as it is: several runtimes have it. */
export const commonName = "新建云电脑";

/** Names that somebody could choose to fool whoever shows them. */
export const hostileNames = [
  '<b>agent</b><script>alert("x")</script>',
  "[reset your password](http://x)",
  '@all <at user_id="all">所有人</at>',
  "agent-\u202Egnp.tnega\u202C-\u2066x",
  `${"very-long-name-".repeat(24)}end`,
  "**bold** _italic_ `code` ~~gone~~ | a | b |",
  "first line\nsecond line\t/alerts off",
  '=HYPERLINK("http://x","finance")',
  `![](http://x/pixel.png) {{name}} \${name}`,
] as const;

/** A user of the runtimes with hostile names. */
export const hostileUser = '@everyone <at id="all"></at>';
