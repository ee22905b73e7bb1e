import type { CommandProblem, Key } from "../../commands/index.ts";
import type { FleetFailure } from "../../fleet/index.ts";
import type { Advice, Texts } from "./texts.ts";

const number = new Intl.NumberFormat("zh");
const orList = (words: readonly string[]): string => words.join("、");

const keys: Readonly<Record<Key, string>> = {
  provider: "代理的提供商",
  status: "云电脑状态",
  agent: "代理状态",
  version: "代理版本",
  id: "运行时编号",
  resource: "底层资源编号",
  name: "运行时名称",
  user: "授权用户",
  assigned: "是否有授权用户",
  model: "是否已配置模型",
  template: "模型组",
  channel: "是否已配置渠道，或具体渠道",
  source: "由谁部署",
  group: "资源组",
  platform: "代理平台",
  edition: "业务类型，1 为企业版",
  risk: "是否有风险，或具体风险",
  "risk-info": "是否查询风险信息",
  os: "操作系统",
  region: "地域",
  managed: "管理状态",
  online: "消息代理是否在线",
  office: "办公网络",
  page: "第几页",
  size: "每页条数，最多 50",
  sort: "排序，前加 - 为降序",
  by: "汇总的分组",
};

function problem(it: CommandProblem): string {
  switch (it.kind) {
    case "not-a-command":
      return "命令以斜杠开头，例如 /runtimes。";
    case "too-long":
      return `命令过长：最多读取 ${number.format(it.limit)} 个字符。`;
    case "unclosed-quote":
      return "此处的引号没有结束。";
    case "unknown-command":
      return `没有命令 ${it.word}。`;
    case "unknown-word":
      return `“${it.word}”不能放在这里：筛选写作 键=值，带空格的值加引号。`;
    case "unknown-topic":
      return `没有关于“${it.word}”的帮助。`;
    case "unknown-key":
      return `没有筛选项“${it.word}”。`;
    case "planned":
      return `此版本的 Deskhand 还没有 ${it.word}。`;
    case "key-elsewhere":
      return `“${it.key}”不能用于此命令。`;
    case "missing-target":
      return "要查看哪个运行时？缺少编号或名称。";
    case "missing-value":
      return it.allowed.length === 0 ? `“${it.key}”没有值。` : `“${it.key}”没有值；可以是 ${orList(it.allowed)}。`;
    case "bad-value":
      return `“${it.word}”不是“${it.key}”的值；可以是 ${orList(it.allowed)}。`;
    case "not-whole":
      return it.greatest > 0 ? `“${it.key}”是 1 到 ${number.format(it.greatest)} 的整数。` : `“${it.key}”是整数。`;
    case "value-too-long":
      return `值过长：最多 ${it.limit} 个字符。`;
    case "too-many-values":
      return `“${it.key}”最多 ${it.limit} 个值。`;
    case "one-value":
      return `“${it.key}”只能有一个值，且只写一次。`;
    case "exclusive":
      return `“${it.key}”只能写 yes、no 或名称之一。`;
    case "contradiction":
      return `“${it.key}=no”与“${it.other}”矛盾。`;
  }
}

function failure(it: FleetFailure): Advice {
  switch (it.kind) {
    case "denied":
      return {
        happened: `阿里云不允许本机器人读取运行时列表${it.principal ? `（${it.principal}）` : ""}。`,
        todo: `请在 RAM 策略中对资源 * 允许操作 ${it.action ?? "appstreaming:ListDesktopAgentRuntime"}。`,
      };
    case "credentials":
      return {
        happened: "阿里云不认识本机器人的访问密钥，或其安全令牌已过期。",
        todo: "请检查 app.yaml 中 fleet.alibabaCloud 的凭证。",
      };
    case "signature":
      return {
        happened: "阿里云拒绝了请求的签名。",
        todo: "密钥与访问密钥编号不符：请检查 app.yaml 中 fleet.alibabaCloud.credentials。",
      };
    case "clock":
      return { happened: "阿里云拒绝了请求的时间。", todo: "运行机器人的主机时钟相差超过 15 分钟：请校准。" };
    case "parameter":
      return { happened: "阿里云拒绝了命令中的某个值。", todo: "请检查各个值，或减少筛选。" };
    case "throttled":
      return { happened: "阿里云要求放慢请求。", todo: "请一分钟后再试。" };
    case "service":
      return { happened: "阿里云 App Streaming 未能应答。", todo: "请几分钟后再试。" };
    case "unreachable":
      return {
        happened: "无法连接阿里云 App Streaming。",
        todo: "请检查运行机器人的主机的网络，以及 app.yaml 中的 fleet.alibabaCloud.endpoint。",
      };
    case "timeout":
      return { happened: "阿里云 App Streaming 未及时应答。", todo: "请重试，或用筛选缩小列表。" };
    case "unreadable":
      return { happened: "收到的不是阿里云 App Streaming 的应答。", todo: "请检查中间的代理，然后重试。" };
    case "overloaded":
      return { happened: "等待中的请求过多。", todo: "请一分钟后再试。" };
    case "stopped":
      return { happened: "机器人正在重启。", todo: "请一分钟后再试。" };
  }
}

const statuses: Readonly<Record<string, string>> = {
  Stopped: "已停止",
  Starting: "启动中",
  Rebuilding: "重建中",
  Running: "运行中",
  Stopping: "停止中",
  Expired: "已过期",
  Deleted: "已删除",
  Pending: "等待中",
};

export const zh: Texts = {
  words: {
    runtimes: "代理运行时",
    runtime: "代理运行时",
    total: "运行时",
    summary: "代理运行时汇总",
    help: "Deskhand",
    running: "运行中",
    stopped: "已停止",
    other: "其他",
    atRisk: "有风险",
    onThisPage: (label) => `本页${label}`,
    yes: "是",
    no: "否",
    none: "无",
    unknown: "未知",
    all: "全部",
    example: "示例",
    key: "筛选",
    meaning: "含义",
    values: "值",
    anyText: "任意文本",
    wholeNumber: "整数",
  },
  labels: {
    previous: "上一页",
    next: "下一页",
    refresh: "刷新",
    details: "详情",
    lastPage: "最后一页",
    withoutFilters: "去掉筛选",
    tryAgain: "重试",
    list: "列表",
    summary: "汇总",
    help: "帮助",
    run: (command) => `运行 ${command}`,
  },
  columns: { name: "名称", status: "状态", agent: "代理", users: "用户", risk: "风险" },
  page: (page, pages, total) => `第 ${page}/${pages} 页 · 共 ${total} 个`,
  count: (total) => `${number.format(total)} 个运行时`,
  risks: {
    "agent-uninstalled": {
      short: "代理已卸载",
      meaning: "代理已从云电脑上卸载。",
      todo: "先询问授权用户，再重新部署代理或释放云电脑。",
    },
    "model-modified": {
      short: "模型被修改",
      meaning: "模型与管理员下发的配置不一致。",
      todo: "对照模型组核对模型，重新下发配置，并查明由谁修改。",
    },
    "channel-modified": {
      short: "渠道被修改",
      meaning: "消息渠道与管理员下发的配置不一致。",
      todo: "对照下发的配置核对渠道，移除未经许可的渠道，并重新下发配置。",
    },
  },
  desktopStatus: statuses,
  agentStatus: { ...statuses, Undeployed: "未部署", Deploying: "部署中", Deployed: "已部署", Unavailable: "不可用" },
  channel: { "dingtalk-connector": "钉钉", wechat: "微信", feishu: "飞书", qqbot: "QQ", wecom: "企业微信" },
  facets: {
    status: "状态",
    agent: "代理状态",
    provider: "提供商",
    version: "版本",
    region: "地域",
    group: "资源组",
    channel: "渠道",
    risk: "风险",
    os: "操作系统",
  },
  keys,
  pickers: { status: "状态", risk: "风险", provider: "提供商", size: "每页" },
  perPage: (size) => `每页 ${size} 个`,
  notes: {
    empty: "没有符合条件的运行时。",
    beyond: (page, pages) => `没有第 ${page} 页：最后一页是第 ${pages} 页。`,
    doubles: (count) => `此处略去 ${count} 个运行时：它们有两家提供商的代理，已在前面的页中列出。`,
    unreadable: (count) => `接口返回的 ${count} 行无法读取。`,
    moved: "读取期间列表有变化：可能缺少个别运行时。",
    totalsOnly: "列表很长：按接口的总数统计，未逐个读取。",
    countsSeveral: "有多个代理或渠道的运行时在每项中各计一次。",
    shrunk: "已缩短以适应卡片。",
  },
  fields: {
    id: "编号",
    resource: "资源",
    name: "名称",
    status: "状态",
    os: "操作系统",
    region: "地域",
    location: "位置",
    group: "资源组",
    management: "管理状态",
    users: "授权用户",
    assigned: "有授权用户",
    platform: "平台",
    provider: "提供商",
    version: "版本",
    agentStatus: "代理状态",
    source: "部署方",
    modelConfigured: "已配置模型",
    template: "模型组",
    templateName: "模型组名称",
    channelConfigured: "已配置渠道",
    channels: "渠道",
    qrCode: "扫码配置中",
    imStatus: "消息",
    cloudSpace: "云空间",
    online: "在线",
  },
  sections: {
    risk: "风险",
    desktop: "云电脑",
    agent: (provider) => `代理 ${provider}`,
    model: "模型",
    channels: "渠道",
    people: "人员",
    messaging: "消息",
    further: "其他字段",
    commands: "命令",
    filters: "筛选",
    examples: "试一试",
  },
  noRisk: "未发现风险。",
  riskUnknown: "接口未提供风险信息。",
  tooLarge: (total, limit) => ({
    happened: `此命令需要逐个读取 ${number.format(total)} 个运行时，最多读取 ${number.format(limit)} 个。`,
    todo: "请用状态、资源组、提供商或风险等筛选缩小列表。",
  }),
  missing: (target) => ({
    happened: `没有编号或名称为“${target}”的运行时。`,
    todo: "名称按全名比较。列表中可以看到现有的运行时。",
  }),
  choices: (target, count) => `有 ${count} 个运行时名为“${target}”。要查看哪一个？`,
  problem,
  suggestion: (word) => `是否想写“${word}”？`,
  problemTitle: "无法读懂该命令",
  failureTitle: "无法取得列表",
  failure,
  requestId: (id) => `请求编号 ${id}`,
  wait: {
    working: "正在查询阿里云…",
    queued: "排队中：其他请求在前…",
    throttled: "阿里云繁忙，正在重试…",
    retrying: "尚无应答，正在重试…",
  },
  workingTitle: "请稍候",
  refused: { title: "此处不可用", happened: "您在此会话中不能使用该命令。", todo: "请联系机器人的管理者。" },
  late: (minutes) => ({
    title: "太迟了",
    happened: `此命令在写下 ${minutes} 分钟后才到达机器人，未执行。`,
    todo: "如仍需要，请重新发送。",
  }),
  busy: { title: "繁忙", happened: "机器人现在事情太多。", todo: "请一分钟后再试。" },
  internal: {
    title: "出错了",
    happened: "机器人未能回答此命令。这是机器人的故障，已记入日志。",
    todo: "请重试；如仍出错，请告知管理者。",
  },
  help: {
    intro: "查询云电脑及其上的代理。",
    commands: {
      runtimes: "列出运行时，一页一张卡片",
      show: "查看一个运行时的全部信息",
      summary: "数量与占比",
      risks: "代理被修改或卸载的运行时",
      filters: "全部筛选项及其值",
    },
    syntax: "键=值、键:值 与 --键 值 含义相同。多个值用逗号分隔，带空格的值加引号。",
  },
};
