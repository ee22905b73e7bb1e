export { type Alerts, createAlerts } from "./alerts.ts";
export type { Episode } from "./episode.ts";
export {
  type AlertMemory,
  type Change,
  type Digest,
  type Digests,
  type Episodes,
  type Fenced,
  type Languages,
  type Leadership,
  type Mute,
  type Mutes,
  mostViews,
  type NewNotice,
  type Outbox,
  type Outcome,
  type Sample,
  type Samples,
  type ScanRow,
  type Stale,
  type Term,
  type View,
  type Views,
  type Watches,
  type WatchState,
} from "./memory.ts";
export type { Moment } from "./moment.ts";
export type { About, Notice } from "./notice.ts";
export type { AlertsSetup } from "./options.ts";
export type { Setup, Sketch } from "./sketch.ts";
export type { Place, Watch } from "./watch.ts";
