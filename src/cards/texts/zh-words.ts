import type { Texts } from "./texts.ts";

/** What the words behind a command do. */
export const wordsInChinese: Texts["commandWords"] = {
  "/alerts on": "为本会话监视运行时；加 preview 只预览，不开启。",
  "/alerts on preview": "只预览，不开启",
  "/alerts off": "关闭本会话的监视。",
  "/alerts status": "查看监视的运行情况和未结束的告警。",
  "/alerts test": "向本会话发送一条测试。",
  "/alerts show": "按编号查看告警的当前情况。",
  "/alerts ack": "确认告警，不再提醒。",
  "/alerts ack all": "所有未结束的告警",
  "/alerts mute": "在一段时间内不通知某个或全部运行时。",
  "/alerts mute all": "全部运行时",
  "/alerts unmute": "提前结束静音。",
  "/alerts unmute all": "全部运行时的静音",
  "/digest on": "每天定时发送汇总。",
  "/digest off": "关闭本会话的日报。",
  "/digest status": "查看下一次日报的时间。",
  "/view save": "以名称保存筛选，同名则覆盖。",
  "/view list": "列出本会话的视图。",
  "/view drop": "删除视图。",
  "/lang en": "英文",
  "/lang zh": "中文",
  "/lang auto": "随读者的语言",
};
