import { randomInt } from "node:crypto";
import type { Delivery, Desk } from "../bot/index.ts";
import { createAlertViews } from "./alert-views.ts";
import { createBell } from "./bell.ts";
import { createAlertsOn } from "./desk/alerts-on.ts";
import { createAuditDesk } from "./desk/audit.ts";
import { createDesk } from "./desk/desk.ts";
import { createDigestDesk } from "./desk/digest.ts";
import { createChosenLanguages } from "./desk/languages.ts";
import { createQuiet } from "./desk/quiet.ts";
import { createStatus } from "./desk/status.ts";
import { createTrend } from "./desk/trend.ts";
import { createViewsDesk } from "./desk/views.ts";
import { createWhy } from "./desk/why.ts";
import type { Reign } from "./lead.ts";
import type { AlertsGround, AlertsSetup } from "./options.ts";
import { createPushes } from "./outbox/pushes.ts";
import type { Sending } from "./outbox/sending.ts";
import { createOverview } from "./overview.ts";
import { createPeople } from "./people.ts";
import { createReign } from "./reign.ts";
import { createBudgetWord } from "./rounds/budget-word.ts";
import { createCallBudget } from "./rounds/call-budget.ts";
import { createStanding } from "./standing.ts";
import type { Time } from "./time.ts";
import type { InTurn } from "./turns.ts";

export interface EngineOptions extends AlertsGround, AlertsSetup {
  readonly time: Time;
  readonly sending: Sending;
  readonly inTurn: InTurn;
  /** A write was refused: another process leads. */
  readonly onFenced: () => void;
}

/** Alerts as they are set up now. */
export interface Engine {
  readonly desk: Desk;
  /** What the leading process does; through `delivery`, which knows the bot's chats. */
  reign(delivery: Delivery): Reign;
}

export function createEngine(options: EngineOptions): Engine {
  const { memory, reader, rules, budget, zone, time, clock, log, meter, tallies } = options;
  const bells = {
    watches: createBell(clock),
    digests: createBell(clock),
    samples: createBell(clock),
    outbox: createBell(clock),
  };
  const views = createAlertViews({
    memory,
    people: createPeople(options.people),
    zone,
    groupLimit: rules.groupLimit,
    time,
  });
  const standing = createStanding(options.access);
  const calls = createCallBudget({
    ...{ tallies, budget: budget.calls, interval: rules.interval, time, log },
    onWord: createBudgetWord({ memory, budget: budget.calls, time, onOwed: bells.outbox.ring }),
  });
  const pushes = createPushes({
    ...{ tallies, budget: budget.pushes, now: clock.now, log },
    onWord: createBudgetWord({ memory, budget: budget.pushes, time, onOwed: bells.outbox.ring }),
  });
  const languages = createChosenLanguages({ memory, clock, log });
  const onSaved = () => {
    bells.watches.ring();
    bells.samples.ring();
  };
  const used = async () => ({ calls: await calls.used(), pushes: await pushes.used() });
  const status = createStatus({
    ...{ memory, zone, interval: rules.interval, groupLimit: rules.groupLimit, budget, time, used },
  });
  const desk = createDesk({
    ...{ memory, alertViews: views, languages, status, time, log, onOwed: bells.outbox.ring },
    alertsOn: createAlertsOn({ memory, reader, rules, time, clock, onSaved }),
    quiet: createQuiet({ memory, views, reader, zone, time, onChanged: bells.outbox.ring }),
    why: createWhy({ memory, status, rules, zone, time }),
    trend: createTrend({ memory, zone, time }),
    digest: createDigestDesk({ memory, zone, time, onSaved: bells.digests.ring }),
    views: createViewsDesk({ memory, time }),
    audit: createAuditDesk({ audit: options.audit, people: options.people, zone, time }),
  });
  const overview = createOverview({ memory, budget, used, meter, time });
  const parts = { bells, views, standing, calls, pushes, overview, newId: createId };

  return {
    desk,
    reign: (delivery) => createReign({ ...options, ...parts, delivery }),
  };
}

const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** Ten characters that no other has, and that can be read out. */
function createId(): string {
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join("");
}
