import type { AlertReason, InCommon } from "../desk-views.ts";
import type { AlertTexts } from "./alert-texts.ts";
import { durationsIn } from "./duration.ts";

const number = new Intl.NumberFormat("zh");

const reasons: Readonly<Record<AlertReason, string>> = {
  summary: "当前状态",
  firing: "新增",
  again: "再次出现",
  reminder: "仍未解除",
  unmuted: "静音结束",
  passed: "已自行消失",
};

const facets: Readonly<Record<InCommon["facet"], string>> = {
  group: "资源组",
  template: "模型组",
  version: "版本",
  user: "用户",
  region: "地域",
};

export const alertsInChinese: AlertTexts = {
  duration: durationsIn("zh"),
  labels: {
    acknowledge: "确认",
    acknowledged: "已确认",
    mute: "静音",
    unmute: "取消静音",
    unmuteAll: "全部取消静音",
    why: "原因",
    status: "告警状态",
    test: "测试",
    off: "关闭",
    watch: "开始监控",
  },
  columns: { when: "时间", change: "变更", state: "情况" },
  card: {
    title: (reason, open, count) => {
      const all = `${number.format(count)} 个运行时`;
      const counted = open === count ? `${all}有风险` : `${all}中 ${number.format(open)} 个有风险`;
      return `${counted}（${reasons[reason]}）`;
    },
    ended: (count) => `${number.format(count)} 个告警已结束`,
    passed: (count) => `${number.format(count)} 个运行时曾有风险（${reasons.passed}）`,
    did: (what, count, until) => {
      const alerts = `${number.format(count)} 个告警`;
      switch (what) {
        case "acked":
          return `已确认 ${alerts}，不再重复提醒。`;
        case "muted":
          return `已静音 ${alerts}${until === undefined ? "" : `，至 ${until}`}。`;
        case "unmuted":
          return `已取消 ${alerts}的静音。`;
      }
    },
    since: (time) => `始于 ${time}`,
    over: (lasted, since) => `持续 ${lasted}后解除（始于 ${since}）`,
    gone: (since) => `${since} 起不再列出`,
    unwatched: (since) => `${since} 起不再监控`,
    change: (was, now) => `原为 ${was}，现为 ${now}`,
    now: (now) => `现为 ${now}`,
    pending: "尚未通知",
    unlisted: "目前未列出",
    again: (times) => `一小时内第 ${times} 次`,
    acked: (by) => `${by} 已确认`,
    muted: (until) => `静音至 ${until}`,
    common: (shared) => `共同点：${shared.join("、")}`,
    shared: (facet, value, count, of) => `${facets[facet]} ${value}（${of} 个中 ${count} 个）`,
    todo: "处理建议",
    people: "授权用户",
    page: (page, pages, alerts) => `第 ${page}/${pages} 页 · 共 ${number.format(alerts)} 条告警`,
    left: (count) => `因篇幅所限，另有 ${number.format(count)} 个未在此列出，点“详情”可查看本页全部。`,
    watch: (filter) => (filter === "" ? "监控范围：全部运行时" : `监控范围：${filter}`),
    times: (day, offset) => `时间：${day}，${offset}`,
    mayRepeat: "此消息可能已发送过：平台没有确认是否送达。",
  },
  over: {
    one: (name, risk) => `已解除：${name} · ${risk}`,
    many: (count) => `已解除：${number.format(count)} 个告警`,
    oneGone: (name) => `不再列出：${name}`,
    ended: (count) => `${number.format(count)} 个告警已结束`,
    gone: "不再列出的运行时并未确认恢复正常：它可能已被释放，或已不在机器人的可见范围内。",
    open: (count) => `此监控还有 ${number.format(count)} 个告警未解除。`,
    more: (count) => `另有 ${number.format(count)} 个。`,
  },
  blind: (since) => ({
    title: "此会话的监控暂时失效",
    happened: `自 ${since} 起没有一次完整的扫描：可能看不到新的风险，也看不到原有风险的解除。`,
    todo: "机器人会继续尝试，恢复后会通知。如果一直如此，请告知管理员。",
  }),
  because: (reason) => `原因：${reason}。`,
  sight: (since, until, lasted) => ({
    title: "扫描已恢复正常",
    happened: `${since} 至 ${until}（${lasted}）没有一次完整的扫描。`,
    todo: "无需处理：期间的变化会照常通知。",
  }),
  paused: {
    right: {
      title: "此会话的监控已暂停",
      happened: "设置者已无权在此接收告警，因此不再通知。",
      todo: "请由有权限的人重新设置。",
    },
    filter: {
      title: "此会话的监控已暂停",
      happened: "此版本无法读取它的筛选，因此不再通知。",
      todo: "请用有效的筛选重新设置。",
    },
    chat: {
      title: "此会话的监控已暂停",
      happened: "机器人曾不在此会话中，因此没有通知。",
      todo: "如仍需要，请重新设置。",
    },
  },
  budget: {
    title: { calls: "本月接口调用次数将用尽", pushes: "本月消息条数将用尽" },
    callsOptional: {
      happened: "从现在起，扫描省去发现风险所不需要的部分。",
      todo: "告警照常。可在配置中增加允许的调用次数。",
    },
    callsSlower: (interval) => ({
      happened: `从现在起，每 ${interval}扫描一次。`,
      todo: "告警会比以前晚。可在配置中增加允许的调用次数。",
    }),
    pushesOptional: {
      happened: "从现在起，不再发送提醒和日报。",
      todo: "新的风险及其解除照常通知。可在配置中增加允许的消息条数。",
    },
    pushesSpent: {
      happened: "下月之前不再主动发送任何消息，包括告警。",
      todo: "请查询告警状态了解未解除的告警。可在配置中增加允许的消息条数。",
    },
  },
  test: {
    title: "告警测试",
    arrives: "告警可以送达此会话。",
    asked: (by, time, offset) => `${by} 于 ${time}（${offset}）发起此测试，没有新的风险。`,
    begun: {
      title: "告警测试",
      happened: "测试消息正以告警的方式发往此会话。",
      todo: "如果一分钟后仍未出现，请查看告警状态了解原因。",
    },
  },
};
