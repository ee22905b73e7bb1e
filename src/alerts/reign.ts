import type { Delivery } from "../bot/index.ts";
import type { AlertViews } from "./alert-views.ts";
import type { Bell } from "./bell.ts";
import { createDigests } from "./digest/digests.ts";
import type { Reign } from "./lead.ts";
import type { AlertMemory, Term } from "./memory.ts";
import type { Notice } from "./notice.ts";
import type { AlertsGround, AlertsSetup } from "./options.ts";
import { createAddress } from "./outbox/address.ts";
import { createOutbox } from "./outbox/outbox.ts";
import type { Pushes } from "./outbox/pushes.ts";
import { createRenderNotice } from "./outbox/render.ts";
import { createNoticeSender } from "./outbox/send.ts";
import type { Sending } from "./outbox/sending.ts";
import { createWanted } from "./outbox/wanted.ts";
import type { Overview } from "./overview.ts";
import type { CallBudget } from "./rounds/call-budget.ts";
import { alignConfigured } from "./rounds/configured.ts";
import { createRounds } from "./rounds/rounds.ts";
import { createSamples } from "./rounds/samples.ts";
import { createScanHealth } from "./rounds/scan-health.ts";
import { createUpkeep } from "./rounds/upkeep.ts";
import { createCensus } from "./scan/census.ts";
import { createScans } from "./scan/scan.ts";
import type { createStanding } from "./standing.ts";
import type { Time } from "./time.ts";
import type { InTurn } from "./turns.ts";
import type { Place } from "./watch.ts";

export interface ReignOptions extends AlertsGround, AlertsSetup {
  readonly time: Time;
  readonly sending: Sending;
  readonly bells: { readonly watches: Bell; readonly digests: Bell; readonly samples: Bell; readonly outbox: Bell };
  readonly views: AlertViews;
  readonly standing: ReturnType<typeof createStanding>;
  readonly calls: CallBudget;
  readonly pushes: Pushes;
  readonly overview: Overview;
  readonly delivery: Delivery;
  readonly inTurn: InTurn;
  readonly newId: () => string;
  readonly onFenced: () => void;
}

/** A notice that could not be sent is tried for a day, or for as long as reminders of it take, milliseconds. */
const shortestPatience = 24 * 60 * 60_000;

/** What the leading process does: scans, samples, digests, and sending, side by side. */
export function createReign(options: ReignOptions): Reign {
  const { memory, bells, chats, tracer, time, clock, rules, log, standing, calls, inTurn, newId, onFenced } = options;
  const { outbox } = bells;
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]));
  const reached = within(memory, ({ channel }) => channels.has(channel));
  const common = { memory: reached, standing, time, clock, newId, log, onFenced, onCommitted: outbox.ring } as const;
  const scans = createScans({ ...options, setups: (runtimes) => memory.episodes.setups(runtimes) });
  const health = createScanHealth({ meter: options.meter, time, lastComplete: memory.watches.lastComplete });
  const rounds = createRounds({
    ...{ ...options, ...common, scans, health, bell: bells.watches },
    upkeep: createUpkeep({ ...common, chats, inTurn }),
  });
  const samples = createSamples({ ...common, calls, census: createCensus(options), bell: bells.samples, tracer });
  const late = options.lateDigests;
  const digests = createDigests({ ...common, chats, reader: options.reader, late, bell: bells.digests, tracer });
  const render = createRenderNotice({ views: options.views, zone: options.zone, now: clock.now });
  const send = createOutbox({
    ...{ ...options, ...common, bell: outbox },
    sender: createNoticeSender({ render, delivery: options.delivery, now: clock.now }),
    wanted: createWanted({ memory, time }),
    address: createAddress({ memory, standing, locale: options.locale }),
    channels,
    givenUpAfter: Math.max(shortestPatience, rules.repeat),
    // The next round finds that the bot is not there any more, and lets its watches stand still.
    onGone: (term: Term, notice: Notice, reason: string) => inTurn(() => memory.outbox.giveUp(term, notice, reason)),
  });

  return async (term, signal) => {
    await alignConfigured({ memory, configured: options.configured, audit: options.audit, time, log });
    await Promise.all([rounds, samples, digests, send].map((part) => part(term, signal)));
    options.overview.forget();
    health.forget();
  };
}

/** What is set up in some chats: that of channels which are switched off waits until they are on again. */
function within(memory: AlertMemory, isReached: (place: Place) => boolean): AlertMemory {
  const { watches, digests } = memory;
  return {
    ...memory,
    watches: { ...watches, all: async () => (await watches.all()).filter(isReached) },
    digests: { ...digests, all: async () => (await digests.all()).filter(isReached) },
  };
}
