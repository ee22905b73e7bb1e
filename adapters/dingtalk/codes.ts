/** What a failure of the platform means for whoever called. */
export type FailureKind =
  /** The access token is missing, stale or revoked: a new one helps. */
  | "token"
  /** The client id or the secret is wrong, or the app is not in use. */
  | "credentials"
  /** A permission of the app is missing. */
  | "scope"
  /** The app as a whole may not: its robot is not there or not in use, or this machine's address is not allowed. */
  | "denied"
  /** Too many calls: later. */
  | "rate"
  /** The calls of the organisation's month are spent: nothing but session webhooks works before the month ends. */
  | "quota"
  /** The robot is not in the group, or the group is no more. */
  | "gone"
  /** The person is not one that the app can write to: an outsider, or somebody who has left. */
  | "user"
  /** The card template does not exist for this organisation, or is not published. */
  | "template"
  /** There is a card with this outTrackId already. */
  | "exists"
  /** There is no card with this outTrackId. */
  | "missing-card"
  /** What is sent is too long. */
  | "too-long"
  /** The platform does not show what is sent: it failed the review of its content, or was not delivered. */
  | "refused"
  /** The platform does not understand the call: our bug, or a wrong base URL. */
  | "parameter"
  /** It could not be reached, or failed inside: later. */
  | "unavailable"
  /** The session webhook is over (300001); the next message of the chat brings another. */
  | "expired"
  | "unknown";

/**
 * Codes of the newer API, from the documents "Global error codes", "Call frequency and throttling", "Create and deliver a
 * card", "Update a card", "Robot sends a group message" and "Send robot messages in batches"; `notExsit` is the platform's
 * own spelling. A code can come with several HTTP statuses, so that the code decides and not the status.
 */
const named: readonly (readonly [FailureKind, readonly string[]])[] = [
  ["token", ["InvalidAuthentication", "invalidParameter.token.invalid", "token.notExisted", "accesstoken.expired"]],
  ["credentials", ["invalidClientIdOrSecret", "AuthenticationFailed.InvalidClient", "unauthorized.client"]],
  ["scope", ["Forbidden.AccessDenied.AccessTokenPermissionDenied", "apiPermissionDenied"]],
  [
    "denied",
    [
      "Forbidden.AccessDenied.IpNotInWhiteList",
      "ip.not.match",
      "invalidParameter.robotCode.notExsit",
      "invalidParameter.robotCode.invalid",
      "invalidParameter.robotCode.empty",
      "resource.not.found",
      "robot.oto.notExist",
      "chatbotId.notAllow.sendOTO",
      "send.forbidden",
    ],
  ],
  ["rate", ["qps.exceed.limit", "request.overlimit", "oaplus.query.limit", "send.too.fast", "send.byToken.tooFast"]],
  ["quota", ["Forbidden.AccessDenied.ApiCountLimitForOrg"]],
  ["gone", ["conversation.org.notMatch", "group.disbanded"]],
  ["user", ["param.userIdNotExist", "staffId.notExisted", "illegal.receivers", "invalidParameter.userIds"]],
  [
    "template",
    ["param.templateNotExist", "param.templateUnpublished", "param.cardTemplateIdEmpty", "param.cardTemplateIdInvalid"],
  ],
  ["exists", ["param.cardAlreadyExist"]],
  ["missing-card", ["param.cardNotExist"]],
  ["too-long", ["invalidParameter.msgParam.tooLong"]],
  ["refused", ["param.contentUnsafe", "invalidParameter.msgBody.invalid"]],
  ["unavailable", ["system.busy", "ServiceUnavailable"]],
];

/** Of the newer API, by what a code begins with. */
const begun: readonly (readonly [RegExp, FailureKind])[] = [
  [/^Forbidden\.AccessDenied\.Qp[sm]Limit|^Throttling/, "rate"],
  [/^(?:param|invalidParameter|InvalidParameter|InvalidAction)\.|^Missing|^Invalid(?:body|Body)/, "parameter"],
];

/**
 * Codes of the older API (uploads, session webhooks), from the documents "Error codes of the old version", "Call frequency
 * and throttling" and "Custom robots". 88 only says that the real code is in `sub_code`. 300001 and 300005 are how a session
 * webhook says that its session is no more.
 */
const numbered: readonly (readonly [FailureKind, readonly number[]])[] = [
  ["token", [40_001, 40_014, 42_001]],
  ["credentials", [40_089, 40_096]],
  ["scope", [43_007, 60_011]],
  ["denied", [60_020]],
  ["rate", [90_001, 90_002, 90_003, 90_004, 90_005, 90_006, 90_018, 130_101, 410_100, 660_026]],
  ["quota", [90_020]],
  ["too-long", [40_006, 40_009, 460_101]],
  ["refused", [40_004, 40_005, 310_000]],
  ["parameter", [22, 404, 40_035, 41_001, 41_005, 400_002, 400_105]],
  ["unavailable", [-1]],
  ["expired", [300_001, 300_005]],
];

const kinds: ReadonlyMap<string, FailureKind> = new Map([
  ...named.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)),
  ...numbered.flatMap(([kind, codes]) => codes.map((code) => [String(code), kind] as const)),
]);

/** Of the rates, those that one chat, one person or one webhook has reached, and not the app. */
const ofKey: ReadonlySet<string> = new Set(["send.too.fast", "send.byToken.tooFast", "130101", "410100", "660026"]);

/** The kind of a code; undefined when the code says nothing to us. @param code a word of the newer API, or a number */
export function kindOfCode(code: string): FailureKind | undefined {
  return kinds.get(code) ?? begun.find(([form]) => form.test(code))?.[1];
}

/** Whether a code of kind "rate" is about a chat, a person or a webhook; others are about the app. */
export function isRateOfKey(code: string): boolean {
  return ofKey.has(code);
}
