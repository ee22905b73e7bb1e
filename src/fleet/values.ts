import type { RiskKind } from "./runtime.ts";

// The documented values of ListDesktopAgentRuntime (2021-09-01) and what they are called in Chinese, commonest first: in this
// order they are offered, and counted when a list is too long to be read.

export const desktopStatuses = {
  Running: "运行中",
  Stopped: "已停止",
  Starting: "启动中",
  Stopping: "停止中",
  Rebuilding: "重建中",
  Pending: "等待中",
  Expired: "已过期",
  Deleted: "已删除",
} as const;

export const agentStatuses = {
  Running: "运行中",
  Stopped: "已停止",
  Undeployed: "未部署",
  Deploying: "部署中",
  Deployed: "已部署",
  Starting: "启动中",
  Stopping: "停止中",
  Unavailable: "不可用",
  Deleted: "已删除",
} as const;

export const channelNames = {
  "dingtalk-connector": "钉钉",
  wechat: "微信",
  feishu: "飞书",
  qqbot: "QQ",
  wecom: "企业微信",
} as const;

export const riskNames: Readonly<Record<RiskKind, string>> = {
  "agent-uninstalled": "代理已卸载",
  "model-modified": "模型被修改",
  "channel-modified": "渠道被修改",
};
