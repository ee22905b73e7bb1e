import type { WhyTexts } from "./why-texts.ts";

const number = new Intl.NumberFormat("zh");
const because = (reason: string | undefined): string => (reason === undefined || reason === "" ? "" : `：${reason}`);

export const whyInChinese: WhyTexts = {
  title: (name) => `原因：${name}`,
  nothing: (name) => `此会话的监控从未发现“${name}”有风险。`,
  noWatch: "此会话没有监控，可用 /alerts on 开始。",
  heading: (risk, since) => `${risk} · 始于 ${since}`,
  state: "状态",
  lasting: "有风险",
  change: "变更",
  watch: "监控",
  setUpBy: (filter, author) => `${filter}，由 ${author} 设置`,
  observed: "最近的扫描",
  observation: {
    risk: "有风险",
    clear: "无风险",
    "not-seen": "未列出",
    unknown: "未知",
    incomplete: "不完整",
  },
  scans: (span, what, count) => `${span} ${what}（${number.format(count)} 次扫描）`,
  sent: "消息",
  noNotice: "无",
  delivered: (what, time, message) => `${what}已于 ${time} 发送${message === undefined ? "" : `（消息 ${message}）`}`,
  owed: (what, since, attempts, reason) =>
    attempts === 0
      ? `${what}自 ${since} 起待发送`
      : `${what}自 ${since} 起待发送，已尝试 ${number.format(attempts)} 次${because(reason)}`,
  dropped: (what, time) => `${time} 的${what}已略去，不再需要`,
  failed: (what, time, attempts, reason) =>
    `${time} 的${what}尝试 ${number.format(attempts)} 次后放弃${because(reason)}`,
  next: "接下来",
  held: (left) => `再持续 ${left}后通知。`,
  owedNext: (time) => (time === undefined ? "消息正在发送。" : `消息将于 ${time} 再次发送。`),
  reminder: (time) => `如仍未解除，${time} 会提醒；解除时会通知。`,
  endOnly: "不再提醒，解除时会通知。",
  mutedNext: (until, acked) =>
    `静音期间不通知；${acked ? `${until} 之后只通知解除` : `如 ${until} 仍未解除，会再通知`}。`,
  notListed: (scans) => `目前未列出：再经过 ${number.format(scans)} 次完整扫描，将以“不再列出”结束。`,
  over: "无：已结束。如再次出现，将是新的告警。",
  earlier: (count) => `更早的 ${number.format(count)} 个告警未显示。`,
};
