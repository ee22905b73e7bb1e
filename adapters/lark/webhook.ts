import { type Context, Hono } from "hono";
import { faultOf, type Log, within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createRefusals, type Refuse } from "../../src/platform/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import { type DeliveryRefusal, readDelivery } from "./delivery.ts";
import type { Handle, Handled } from "./inbound.ts";
import { limits } from "./limits.ts";
import { readBody } from "./read-body.ts";

export interface WebhookOptions {
  /** The encrypt key of the developer console; empty where none is set. */
  readonly encryptKey: () => string;
  /** The verification token of the developer console; empty where none is set. With neither everything is refused. */
  readonly verificationToken: () => string;
  readonly handle: Handle;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
}

type Reason = DeliveryRefusal | "method" | "content_type" | "too_large" | "broken" | "slow" | "late" | "left" | "fault";

const reasons: Readonly<Record<Reason, string>> = {
  method: "A request to /lark/events was refused: it is no POST.",
  content_type: "A request to /lark/events was refused: it is not JSON in UTF-8.",
  too_large: "A request to /lark/events was refused: its body is over 1 MB.",
  broken: "A request to /lark/events was refused: its body broke off.",
  slow: "A request to /lark/events was refused: its body did not arrive in time.",
  unprotected: "A request to /lark/events was refused: set lark.encryptKey or lark.verificationToken in app.yaml.",
  encoding: "A request to /lark/events was refused: it is not UTF-8.",
  json: "A request to /lark/events was refused: it is not JSON.",
  nesting: "A request to /lark/events was refused: its JSON is nested too deep.",
  shape: "A request to /lark/events was refused: its JSON is no object.",
  plain:
    "A request to /lark/events was refused: it is not encrypted. Set the encrypt key in the developer console too.",
  encrypted: "A request to /lark/events was refused: it is encrypted. Set lark.encryptKey in app.yaml.",
  unsigned: "A request to /lark/events was refused: it is not signed, and is no challenge of the developer console.",
  signature:
    "A request to /lark/events was refused: its signature is not right. Compare lark.encryptKey with the console.",
  timestamp: "A request to /lark/events was refused: it is over five minutes off. Compare this machine's clock.",
  cipher: "A request to /lark/events was refused: it cannot be decrypted. Compare lark.encryptKey with the console.",
  token: "A request to /lark/events was refused: its token differs. Compare lark.verificationToken with the console.",
  late: "An event from Lark was not taken in time; Lark delivers it again.",
  left: "An event from Lark was left for later, as the bot is stopping or its store fails; Lark delivers it again.",
  fault: "An event from Lark was not taken by a fault of the bot; Lark delivers it again.",
};

/** Creates `POST /lark/events`, to be mounted at `/`. No request makes it throw. */
export function createWebhook(options: WebhookOptions): Hono {
  const refuse = createRefusals({
    ...options,
    messages: reasons,
    count: (reason) => options.meter.count("lark_webhook_refused", { reason }),
  });
  const routes = new Hono();
  routes.post("/lark/events", async (context) => {
    try {
      return await receive(context, options, refuse);
    } catch (error) {
      refuse("fault", { fault: faultOf(error) });
      return unavailable(context);
    }
  });
  routes.all("/lark/events", (context) => {
    refuse("method");
    return context.json({ error: "Lark posts its events here." }, 405, { allow: "POST" });
  });
  return routes;
}

async function receive(context: Context, options: WebhookOptions, refuse: Refuse<Reason>): Promise<Response> {
  const { clock } = options;
  const deadline = clock.elapsed() + limits.webhookDeadline;
  const left = () => Math.max(0, deadline - clock.elapsed());
  if (!isJson(context.req.header("content-type"))) {
    refuse("content_type");
    return unreadable(context);
  }
  const body = await within(clock, left(), readBody(context.req.raw, limits.webhookBytes), "slow" as const);
  if (typeof body === "string") {
    refuse(body);
    if (body === "too_large") return context.json({ error: "The body is too large. 1 MB is the most." }, 413);
    return body === "slow" ? context.json({ error: "The body did not arrive in time." }, 408) : unreadable(context);
  }
  const header = (name: string) => context.req.header(name) ?? "";
  const reading = readDelivery(
    {
      body,
      signature: header("x-lark-signature"),
      timestamp: header("x-lark-request-timestamp"),
      nonce: header("x-lark-request-nonce"),
    },
    { encryptKey: options.encryptKey(), verificationToken: options.verificationToken() },
    clock.now(),
  );
  switch (reading.kind) {
    case "refused":
      refuse(reading.reason);
      return reading.status === 400 ? unreadable(context) : unauthorised(context);
    case "challenge":
      return context.json({ challenge: reading.challenge });
    case "event":
      return answer(context, await handled(reading.envelope, options, left()), refuse);
  }
}

/** What became of an event; one whose handling failed was not taken either, and why is no matter of the log's reader. */
function handled(envelope: object, { handle, clock }: WebhookOptions, left: number): Promise<Handled | "late"> {
  return within(
    clock,
    left,
    handle(envelope).catch(() => "late" as const),
    "late" as const,
  );
}

/**
 * An event that is not acknowledged comes again, so that nothing is lost when taking it lasted too long: by then it may be
 * known, and is not answered twice. A press does not come again; Lark says that it failed, as it would anyway after 3 s.
 */
function answer(context: Context, handled: Handled | "late", refuse: Refuse<Reason>): Response {
  if (handled !== "late" && handled.accepted) return context.json(handled.body);
  refuse(handled === "late" ? "late" : "left");
  return unavailable(context);
}

function isJson(contentType = ""): boolean {
  const [type, ...parameters] = contentType.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  return type === "application/json" && (charset === undefined || /^"?utf-?8"?$/.test(charset));
}

function unreadable(context: Context): Response {
  return context.json({ error: "The request cannot be read." }, 400);
}

function unauthorised(context: Context): Response {
  return context.json({ error: "The request does not prove that it is Lark's." }, 401);
}

function unavailable(context: Context): Response {
  return context.json({ error: "Not now. Deliver it again." }, 503);
}
