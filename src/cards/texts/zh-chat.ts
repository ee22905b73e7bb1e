import type { ChatTexts } from "./chat-texts.ts";
import { durationsIn } from "./duration.ts";

const number = new Intl.NumberFormat("zh");
const duration = durationsIn("zh");

const compared = (more: number, than: string): string =>
  more === 0 ? `与${than}相同` : `比${than}${more > 0 ? "多" : "少"} ${number.format(Math.abs(more))} 个`;

export const chatInChinese: ChatTexts = {
  change: (label, more) => (more === 0 ? label : `${label}（${more > 0 ? "+" : "−"}${number.format(Math.abs(more))}）`),
  atRisk: (count, more, than) => {
    const now = count === 0 ? "没有运行时存在风险" : `${number.format(count)} 个运行时存在风险`;
    return more === undefined ? `${now}。` : `${now}，${compared(more, than)}。`;
  },
  than: { yesterday: "昨天", on: (time) => ` ${time} ` },
  comparedWith: (time) => `变化自 ${time} 起计算。`,
  weekdays: { mon: "周一", tue: "周二", wed: "周三", thu: "周四", fri: "周五", sat: "周六", sun: "周日" },
  everyDay: "每天",
  daysFrom: (first, last) => `${first}至${last}`,
  everything: "全部运行时",
  trend: {
    title: (days) => `代理运行时 ${days} 天趋势`,
    total: "运行时",
    atRisk: "有风险",
    most: (count, time) => `有风险的运行时在 ${time} 最多：${number.format(count)} 个。`,
    since: (time, samples, offset, isFirst) =>
      `自 ${time}${offset === "" ? " " : `（${offset}）`}起统计了 ${number.format(samples)} 次${isFirst ? "，更早没有数据" : ""}。`,
    tooSoon: (time) => `时间尚短，曲线还画不全；下次统计约在 ${time}。`,
    none: {
      happened: "尚未定期统计此列表。",
      todo: "会话开启告警后，其关注的列表从那时起每小时统计一次。",
    },
    watch: "预览告警",
    of: (filter) => (filter === "" ? "全部运行时的趋势" : `${filter} 的趋势`),
    days: "天数",
    dayCount: (days) => `${days} 天`,
    by: "分组",
    sums: "总数与风险",
  },
  digest: {
    title: "代理运行时日报",
    due: (time, offset, late) =>
      `${late > 0 ? `应于 ${time}` : time}${offset === "" ? "" : `（${offset}）`}${late > 0 ? `发送，晚了 ${duration(late * 60_000)}` : ""}`,
    unanswered: {
      happened: "未能取得运行时信息，本次没有数据。",
      todo: "请几分钟后查看汇总。下一份日报照常发送。",
    },
    skipped: (times) => `上次以来略过：${times.join("、")}。`,
    filter: (filter) => `范围：${filter}`,
    risks: "风险",
    set: { new: "已设置日报", edited: "已修改日报" },
    when: "时间",
    at: (time, days) => `${days} ${time}`,
    zone: "时区",
    list: "范围",
    next: "下一次",
    last: "上一次",
    status: "状态",
    statusTitle: "本会话的日报",
    off: "关闭",
    now: "现在查看",
    ended: { title: "已关闭日报", happened: "本会话不再收到日报。", todo: "需要时可用 /digest on 重新设置。" },
    none: {
      title: "没有日报",
      happened: "本会话没有设置日报。",
      todo: "用 /digest on 加上时间即可设置；只看部分运行时可再加筛选。",
    },
    example: "工作日 09:00",
    paused: {
      right: "已暂停：设置者在此已没有相应权限。有权限的人可重新设置。",
      filter: "已暂停：其筛选条件已无法读取，请重新设置。",
      chat: "已暂停：机器人无法向本会话发送消息。",
    },
  },
  views: {
    title: "已存视图",
    did: (what, name) =>
      ({ saved: `已保存“${name}”。`, replaced: `已替换“${name}”。`, dropped: `已删除“${name}”。` })[what],
    name: "名称",
    filters: "筛选",
    drop: "删除",
    none: { happened: "本会话没有保存视图。", todo: "把筛选条件存为视图，之后用名称代替它们。" },
    use: "凡可写筛选条件之处都可写视图：视图=名称。",
    all: "已存视图",
    tooMany: (limit) => ({
      title: "视图过多",
      happened: `本会话已有 ${number.format(limit)} 个视图，达到上限，此视图未保存。`,
      todo: "请先删除一个不再需要的视图，再重新保存。",
    }),
    unknown: (name) => ({
      title: "没有此视图",
      happened: `本会话没有名为“${name}”的视图。`,
      todo: "全部名称可在视图列表中查看。",
    }),
  },
  language: {
    title: "语言",
    is: {
      en: "本会话使用英文回答。",
      zh: "本会话使用中文回答。",
      auto: "按每个人在平台上的语言回答。",
    },
    auto: "按各人语言",
  },
};
