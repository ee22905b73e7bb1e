import type { WatchTexts } from "./watch-texts.ts";

const number = new Intl.NumberFormat("zh");

export const watchesInChinese: WatchTexts = {
  troubles: {
    denied: "阿里云不允许此机器人读取列表",
    credentials: "访问密钥未知，或其令牌已过期",
    signature: "阿里云拒绝了请求签名",
    clock: "机器人所在主机的时钟不准",
    parameter: "阿里云拒绝了筛选中的某个值",
    throttled: "阿里云要求降低请求频率",
    service: "阿里云 App Streaming 未能应答",
    unreachable: "无法连接阿里云 App Streaming",
    timeout: "阿里云 App Streaming 未及时应答",
    unreadable: "收到的内容不是接口的应答",
    overloaded: "等待中的请求过多",
    stopped: "机器人当时正在重启",
    moved: "读取期间列表有变化",
    "too-large": "有风险的运行时过多，无法全部读取",
    unwatchable: "筛选排除了一切可监控的内容",
    fault: "机器人的故障，已记入日志",
  },
  notices: {
    summary: "当前状态",
    firing: "新告警",
    again: "再次出现的告警",
    reminder: "提醒",
    unmuted: "静音后的告警",
    passed: "已自行消失的告警",
    resolved: "告警解除",
    blind: "监控失效通知",
    sight: "扫描恢复",
    paused: "监控暂停",
    budget: "额度通知",
    test: "测试",
    digest: "日报",
  },
  stands: {
    right: "已暂停：设置者已无权在此接收告警。",
    filter: "已暂停：此版本无法读取它的筛选。",
    chat: "已暂停：机器人曾不在此会话中。",
  },
  every: (interval) => `每 ${interval}`,
  budgetUsed: (used, of) => (of === undefined ? `本月已用 ${used}` : `本月已用 ${used}，上限 ${of}`),
  watching: {
    title: { new: "此会话已开始监控", edited: "监控已修改", preview: "监控预览" },
    summary: "首次完整扫描后发送当前的风险，之后每次变化都会通知。",
    goOn: "仍符合新筛选的告警继续有效。",
    previewed: "仅为预览，尚未保存。",
    ended: (count) => `${number.format(count)} 个不再符合的告警已结束，不另行通知。`,
    unanswered: (preview) => (preview ? "目前匹配的数量未知。" : "监控已保存，但目前匹配的数量未知。"),
    filter: "监控范围",
    everything: "全部运行时",
    kinds: "通知内容",
    interval: "扫描",
    hold: "新的风险",
    held: (hold) => `持续 ${hold}后通知`,
    atOnce: "立即通知",
    reminders: "重复提醒",
    never: "从不",
    end: "解除时",
    told: "会通知",
    untold: "不通知",
    limit: "单张卡片",
    named: (count) => `最多列出 ${number.format(count)} 个运行时，其余可翻页`,
  },
  unwatchable: {
    title: "没有可监控的内容",
    happened: "此筛选排除了一切风险：这样的监控永远不会有通知。",
    todo: "请去掉“风险”和“风险信息”，或写明关心的风险。",
  },
  withoutRisk: "去掉这些筛选",
  off: {
    was: {
      title: "监控已关闭",
      happened: "此会话不再收到监控告警。",
      todo: "未解除的告警已结束，不另行通知。",
    },
    wasNot: {
      title: "没有可关闭的监控",
      happened: "此会话没有自己的监控。",
      todo: "可用 /alerts on 设置。",
    },
    configured: (count) => `此会话另有 ${number.format(count)} 个监控写在机器人的配置中，只能在配置中关闭。`,
  },
  status: {
    title: "此会话的告警",
    none: "此会话没有监控。用 /alerts on 开始，加上 preview 可先查看会通知什么。",
    open: () => "未解除的告警",
    owed: "待发送",
    owedSince: (count, since) => `还有 ${number.format(count)} 条消息待发送，最早的始于 ${since}。`,
    author: "设置者",
    configuration: "配置文件",
    lastComplete: "上次完整扫描",
    atRisk: (time, count) => `${time}，${number.format(count)} 个有风险`,
    notYet: "尚无",
    last: "上次扫描",
    incomplete: (time, reason) => `${time}，不完整：${reason}`,
    blind: (since) => `自 ${since} 起监控失效：没有一次完整的扫描。`,
    mutes: "已静音",
    everything: "全部运行时",
    mute: (until, by) => `至 ${until}，由 ${by} 设置`,
    more: (count) => `另有 ${number.format(count)} 个。`,
    failed: "未送达",
    means: "用量",
    interval: "扫描",
    calls: "接口调用",
    pushes: "消息",
  },
  quieted: {
    title: { acked: "已确认", muted: "已静音", unmuted: "已取消静音" },
    nothing: "无需操作",
    acked: (target, count) => {
      const of = target === undefined ? "" : `“${target}”的 `;
      return count === 0
        ? `${target === undefined ? "" : `“${target}”`}没有待确认的告警。`
        : `已确认${of === "" ? " " : of}${number.format(count)} 个告警。`;
    },
    ackedMeans: "此次告警期间不再重复提醒。",
    muted: (target, until) =>
      `${target === undefined ? "全部运行时" : `“${target}”`}已静音${until === undefined ? "" : `，至 ${until}`}。`,
    mutedMeans: (count) =>
      `${count === 0 ? "" : `${number.format(count)} 个未解除的告警不再通知。`}扫描照常进行，静音结束时仍存在且未确认的风险会再通知。`,
    unmuted: (target, count) => {
      const name = target === undefined ? "" : `“${target}”`;
      return count === 0 ? `${name}没有静音。` : `已取消${name || "全部"}静音。`;
    },
  },
  noAlert: (target) => ({
    title: "没有此告警",
    happened: `没有找到“${target}”：此会话没有这个告警，其监控也从未发现此运行时有风险。`,
    todo: "告警状态列出了未解除的告警。",
  }),
  which: {
    title: "是哪一个运行时？",
    question: (target) => `有多个运行时名为“${target}”，是哪一个？`,
    choose: "运行时",
  },
  chatsOnly: {
    title: "只能在会话中使用",
    happened: "这是为会话保存的内容，只能在会话中查询。",
    todo: "请在飞书、钉钉或演练场中发送给机器人。",
  },
  storeFailed: {
    title: "机器人无法存取数据",
    happened: "存储没有应答，此操作未执行。",
    todo: "请一分钟后重试；如仍出错，请告知管理员。",
  },
};
