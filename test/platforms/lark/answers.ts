import type { ApiAnswer } from "../server.ts";

interface Meaning {
  readonly text: string;
  /** Whether a client that follows the documents never sees it. */
  readonly blames: boolean;
}

const wrong = (text: string): Meaning => ({ text, blames: true });
const befalls = (text: string): Meaning => ({ text, blames: false });

/** Codes and their texts (documents of each call and "Server-side error codes"). All of them come with HTTP 400. */
const meanings = {
  11205: befalls("app do not have bot"),
  212100: befalls("app not install"),
  99991400: befalls("request trigger frequency limit"),
  99991661: wrong("Missing access token for authorization. Please make a test attempt with the correct token."),
  99991663: befalls("Invalid access token for authorization. Please make a test attempt with the correct token."),
  99991664: befalls("Access token expired. Please make a test attempt with the correct token."),
  99991672: befalls("Access denied. One of the following scopes is required"),
  230001: wrong("Your request contains an invalid request parameter"),
  230002: befalls("Bot/User can NOT be out of the chat."),
  230006: befalls("Bot ability is not activated."),
  230011: befalls("The message was withdrawn."),
  230017: wrong("Bot is NOT the owner of the resource."),
  230020: befalls("This operation triggers the frequency limit."),
  230025: wrong("The length of the message content reaches its limit."),
  230031: befalls("Message can only be modified within 14 days after sending."),
  230054: wrong("This operation is not supported for this message type."),
  230099: wrong("Failed to create card content"),
  230110: befalls("Action unavailable as the message has been deleted."),
  232006: wrong("Your request specifies a chat_id which is invalid."),
  232009: befalls("Your request specifies a chat which has already been dissolved."),
  232011: befalls("Operator can NOT be out of the chat."),
  234001: wrong("Invalid request param."),
  234006: wrong("The file size exceed the max value."),
  234010: wrong("File's size can't be 0."),
  234011: wrong("Can't regonnize the image format."),
  300020: wrong("token is invalid"),
  300030: befalls("token is expired"),
  300040: wrong("token is used up"),
} as const satisfies Readonly<Record<number, Meaning>>;

export type Code = keyof typeof meanings;

/** The call worked. */
export function success(data: object): ApiAnswer {
  return { status: 200, body: { code: 0, msg: "success", data } };
}

/** The call is refused; `ext` says more, after a comma, as the platform does. */
export function refusal(code: Code, ext?: string, more: object = {}): ApiAnswer {
  const { text, blames } = meanings[code];
  const msg = ext === undefined ? text : `${text.replace(/\.$/, "")}, ext=${ext}`;
  return {
    status: 400,
    body: { code, msg, error: { log_id: "20260601090000STANDIN0000000000000", ...more } },
    blame: blames ? `${code} ${msg}` : undefined,
  };
}

/** The call comes too often; the header says how long to wait. */
export function tooOften(status: number, limit: number, wait: number): ApiAnswer {
  return {
    ...refusal(99991400),
    status,
    headers: {
      "x-ogw-ratelimit-limit": String(limit),
      "x-ogw-ratelimit-reset": String(Math.max(1, Math.ceil(wait / 1000))),
    },
  };
}

/** The app lacks a permission (its document: any one of `scopes` is enough). */
export function scopeMissing(appId: string, scopes: readonly string[]): ApiAnswer {
  const answer = refusal(99991672);
  const list = `[${scopes.join(", ")}]`;
  const link = `https://open.feishu.cn/app/${appId}/auth?q=${scopes.join(",")}&op_from=openapi&token_type=tenant`;
  const msg = `Access denied. One of the following scopes is required: ${list}.应用尚未开通所需的应用身份权限：${list}，点击链接申请并开通任一权限即可：${link}`;
  const violations = scopes.map((subject) => ({ type: "action_scope_required", subject }));
  return { ...answer, body: { code: 99991672, msg, error: { permission_violations: violations } } };
}
