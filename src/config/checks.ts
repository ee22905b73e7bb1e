import { parseFilters } from "../commands/index.ts";
import { isLoopback, parseEndpoint } from "./address.ts";
import { type Context, found, valueAt } from "./describe.ts";
import { describeFilter } from "./filter-text.ts";
import { checkIds } from "./ids.ts";
import { checkLooks } from "./looks.ts";
import { type Found, formatPath, type Path } from "./problem.ts";
import { checkWatches } from "./watches.ts";

/** What the schema cannot say about one value alone. Looks at the file as it is, also when other values are wrong. */
export function checkTogether(context: Context): readonly Found[] {
  return [checkProtocol, checkChannels, checkIds, checkLooks, checkScopes, checkWatches].flatMap((check) =>
    check(context),
  );
}

/** Signed requests in plain text are for a server on this machine. */
function checkProtocol(context: Context): readonly Found[] {
  const path = ["fleet", "alibabaCloud", "protocol"];
  const endpointPath = ["fleet", "alibabaCloud", "endpoint"];
  if (valueAt(context.tree.data, path) !== "http" || context.tree.unreadable(endpointPath)) {
    return [];
  }
  const endpoint = valueAt(context.tree.data, endpointPath) ?? "";
  const parsed = typeof endpoint === "string" ? parseEndpoint(endpoint) : undefined;
  if (parsed === undefined && endpoint !== "") {
    return [];
  }
  const message = "http is allowed to a loopback endpoint only, such as 127.0.0.1:8081";
  const near = parsed !== undefined && isLoopback(parsed.host);
  return near ? [] : [found(context, path, message, "set it to https, or set endpoint to an address of this machine")];
}

const needed = [
  { channel: "lark", keys: ["appId", "appSecret"] },
  { channel: "dingtalk", keys: ["clientId", "clientSecret"] },
];

/** A channel that is switched on needs its ids and secrets. */
function checkChannels(context: Context): readonly Found[] {
  const missing = needed.flatMap(({ channel, keys }) =>
    isEnabled(context, channel) ? keys.flatMap((key) => checkPresent(context, ["channels", channel, key])) : [],
  );
  return [...missing, ...checkWebhook(context)];
}

function isEnabled({ tree }: Context, channel: string): boolean {
  return valueAt(tree.data, ["channels", channel, "enabled"]) === true;
}

/** Anybody can send something to a webhook: one of the two has to tell what comes from Lark. */
function checkWebhook(context: Context): readonly Found[] {
  const lark = ["channels", "lark"];
  const webhook = valueAt(context.tree.data, [...lark, "events"]) === "webhook";
  const either = ["encryptKey", "verificationToken"].map((key) => [...lark, key]);
  if (!webhook || !isEnabled(context, "lark") || either.some((path) => isThere(context, path))) {
    return [];
  }
  return [
    found(
      context,
      [...lark, "events"],
      "webhook needs channels.lark.encryptKey, or at least channels.lark.verificationToken",
      "copy them from the page of the event subscription in the developer console",
    ),
  ];
}

function isThere({ tree }: Context, path: Path): boolean {
  return (valueAt(tree.data, path) ?? "") !== "" || tree.unreadable(path);
}

function checkPresent(context: Context, path: Path): readonly Found[] {
  if (isThere(context, path)) {
    return [];
  }
  const variables = context.tree.place(path)?.variables ?? [];
  const hint = variables.length === 0 ? undefined : `set the variable ${variables.join(", ")}`;
  return [found(context, path, `is empty, but ${formatPath(path.slice(0, 2))} is enabled`, hint)];
}

function checkScopes(context: Context): readonly Found[] {
  const rules = valueAt(context.tree.data, ["access", "rules"]);
  return Array.isArray(rules) ? rules.flatMap((_, index) => checkScope(context, index)) : [];
}

function checkScope(context: Context, index: number): readonly Found[] {
  const path = ["access", "rules", index, "scope"];
  const scope = valueAt(context.tree.data, path);
  if (typeof scope !== "string" || scope.trim() === "" || scope.length > 200) {
    return [];
  }
  const result = parseFilters(scope);
  if (result.ok && Object.keys(result.filters).length > 0) {
    return [];
  }
  if (result.ok) {
    // Made of nothing that is seen, it would narrow nothing.
    return [
      found(context, path, "this scope holds no filter", "write one such as group=rg-finance, or leave scope out"),
    ];
  }
  return [describeFilter(context, path, scope, result.problem)];
}
