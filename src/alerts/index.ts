export { type Alerts, createAlerts } from "./alerts.ts";
export type { End, Episode, EpisodeState } from "./episode.ts";
export type {
  AlertMemory,
  Change,
  Digest,
  Digests,
  Episodes,
  Fenced,
  Languages,
  Leadership,
  Mute,
  Mutes,
  NewNotice,
  Outbox,
  Outcome,
  Sample,
  Samples,
  ScanRow,
  Stale,
  Term,
  View,
  Views,
  Watches,
  WatchState,
} from "./memory.ts";
export type { Moment } from "./moment.ts";
export type { About, Notice, NoticeKind, NoticeState } from "./notice.ts";
export type { Setup, Sketch } from "./sketch.ts";
export type { Pause, Place, Watch } from "./watch.ts";
