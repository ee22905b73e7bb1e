// The values of labels: few and known, so that the number of series is bounded whatever people and platforms send.

export const channels = ["playground", "lark", "dingtalk", "other"] as const;

export const parts = ["store", ...channels] as const;

/** Kinds of command; `none`: what was written is no command, or a bad one. */
export const commands = [
  "list",
  "show",
  "summary",
  "export",
  "trend",
  "why",
  "alerts-on",
  "alerts-off",
  "alerts-status",
  "alerts-test",
  "alerts-show",
  "alerts-ack",
  "alerts-mute",
  "alerts-unmute",
  "digest-on",
  "digest-off",
  "digest-status",
  "view-save",
  "view-list",
  "view-drop",
  "lang",
  "audit",
  "help",
  "none",
] as const;

/** What became of a command. */
export const outcomes = ["ok", "nothing", "problem", "refused", "failed", "fault"] as const;

export const arrivals = ["message", "click", "joined", "left"] as const;

export const risks = ["agent-uninstalled", "model-modified", "channel-modified"] as const;

export const notices = [
  "summary",
  "firing",
  "again",
  "reminder",
  "unmuted",
  "passed",
  "resolved",
  "blind",
  "sight",
  "paused",
  "budget",
  "test",
  "digest",
] as const;

/** What became of one request to the fleet's API. */
export const apiOutcomes = [
  "ok",
  "denied",
  "credentials",
  "signature",
  "clock",
  "parameter",
  "throttled",
  "service",
  "unreachable",
  "timeout",
  "unreadable",
  "overloaded",
  "stopped",
] as const;

export const larkCalls = ["token", "create", "reply", "patch", "upload", "bot"] as const;

export const larkOutcomes = [
  "ok",
  "token",
  "credentials",
  "scope",
  "denied",
  "rate",
  "gone",
  "forbidden",
  "recalled",
  "no-thread",
  "too-old",
  "too-long",
  "audit",
  "refused",
  "locked",
  "parameter",
  "unavailable",
  "unknown",
] as const;

export const dingtalkCalls = ["token", "create", "update", "group", "user", "upload", "webhook"] as const;

export const dingtalkOutcomes = [
  "ok",
  "token",
  "credentials",
  "scope",
  "denied",
  "rate",
  "quota",
  "gone",
  "user",
  "template",
  "exists",
  "missing-card",
  "too-long",
  "refused",
  "parameter",
  "unavailable",
  "expired",
  "unknown",
] as const;

export const webhookRefusals = [
  "unprotected",
  "encoding",
  "json",
  "nesting",
  "shape",
  "plain",
  "encrypted",
  "unsigned",
  "signature",
  "timestamp",
  "cipher",
  "token",
  "method",
  "content_type",
  "too_large",
  "broken",
  "slow",
  "late",
  "left",
  "fault",
] as const;
