import type { AuditDetail } from "../audit-views.ts";
import type { AuditTexts } from "./audit-texts.ts";

const number = new Intl.NumberFormat("zh");

export const auditInChinese: AuditTexts = {
  title: "本会话的审计",
  columns: { when: "时间", who: "谁", what: "做了什么", outcome: "结果" },
  entries: () => "条记录",
  people: () => "人",
  refused: "被拒绝",
  page: ({ page, pages, total, newer }) =>
    `第 ${page}/${pages} 页 · 共 ${total} 条${newer === 0 ? "" : ` · 另有更新的 ${newer} 条`}`,
  pageOfMany: (page, counted) => `第 ${page} 页 · 超过 ${number.format(counted)} 条`,
  outcomes: { ok: "成功", refused: "被拒绝", failed: "失败", bad: "不是命令", late: "太迟" },
  how: { pressed: "按钮", configuration: "配置", platform: "平台" },
  nobody: { configuration: "配置", unknown: "未知" },
  concealed: "（含用户名）",
  detail: detailInChinese,
  times: (day, offset) => `未注明日期的时间均为 ${day}${offset === "" ? "" : `（${offset}）`}。`,
  kept: (duration) => `记录保留 ${duration}。`,
  keptOnly: (duration) => `记录只保留 ${duration}，更早的已经没有。`,
  off: { happened: "没有留下记录：配置为不保留审计。", todo: "机器人的管理者可设置 audit.keep，例如 90d。" },
  none: "这段时间内没有任何操作。",
  beyond: "此页没有内容。",
  newest: "最新",
  days: "天数",
  dayCount: (days) => `${days} 天`,
  who: "谁",
  everybody: "所有人",
};

function detailInChinese(detail: AuditDetail, until: string | undefined): string {
  switch (detail.kind) {
    case "joined":
      return "把机器人加入本会话";
    case "left":
      return "把机器人移出本会话";
    case "file":
      return `${detail.name}，${number.format(detail.rows)} 行`;
    case "quieted": {
      const { what, target, count } = detail;
      const word = { acked: "已确认", muted: "已静音", unmuted: "已取消静音" }[what];
      const alerts = what === "unmuted" ? `${number.format(count)} 项静音结束` : `${number.format(count)} 个告警`;
      return `${word}${target === undefined ? "" : ` ${target}`}${until === undefined ? "" : `，至 ${until}`}，${alerts}`;
    }
    case "watch":
      return { new: "已开启告警", edited: "已更改告警", off: "已关闭告警", none: "原本没有告警" }[detail.what];
    case "digest":
      return { new: "已开启日报", edited: "已更改日报", off: "已关闭日报", none: "原本没有日报" }[detail.what];
    case "view":
      return `视图 ${detail.name} ${{ saved: "已保存", replaced: "已替换", dropped: "已删除" }[detail.what]}`;
    case "language":
      return { en: "语言：英文", zh: "语言：中文", auto: "语言：按各人语言" }[detail.locale ?? "auto"];
  }
}
