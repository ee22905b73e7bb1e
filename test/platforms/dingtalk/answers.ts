import type { ApiAnswer } from "../server.ts";

interface Meaning {
  readonly status: number;
  readonly text: string;
  /** Whether a client that follows the documents never sees it. */
  readonly blames: boolean;
}

const wrong = (status: number, text: string): Meaning => ({ status, text, blames: true });
const befalls = (status: number, text: string): Meaning => ({ status, text, blames: false });

/** Codes of the newer API, their HTTP status and their texts (documents of each call and "Global error codes"). */
const meanings = {
  InvalidAuthentication: befalls(400, "不合法的access_token"),
  "AuthenticationFailed.InvalidClient": befalls(401, "client id or secret is invalid"),
  invalidClientIdOrSecret: befalls(400, "无效的clientId或者clientSecret"),
  "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi": befalls(403, "qps limited"),
  "Forbidden.AccessDenied.ApiCountLimitForOrg": befalls(403, "the monthly count of calls is spent"),
  "Forbidden.AccessDenied.AccessTokenPermissionDenied": befalls(403, "应用尚未开通所需的权限"),
  "InvalidAction.NotFound": wrong(404, "Specified api is not found, please check your url and method."),
  MissingBody: wrong(400, "body is mandatory for this action."),
  "InvalidParameter.Subscriptions": wrong(400, "subscriptions are empty"),
  "param.invalid": wrong(400, "param.invalid"),
  "param.outTrackIdEmpty": wrong(400, "param.outTrackIdEmpty"),
  "param.openSpaceIdEmpty": wrong(400, "param.openSpaceIdEmpty"),
  "param.openSpaceIdInvalid": wrong(400, "param.openSpaceIdInvalid"),
  "param.openSpaceModelInvalid": wrong(400, "param.openSpaceModelInvalid"),
  "param.openDeliverModelEmpty": wrong(400, "param.openDeliverModelEmpty"),
  "param.openDeliverModelError": wrong(400, "param.openDeliverModelError"),
  "param.cardTemplateIdEmpty": wrong(400, "param.cardTemplateIdEmpty"),
  "param.cardPublicDataEmpty": wrong(400, "param.cardPublicDataEmpty"),
  "param.cardDataAndPrivateDataBothEmpty": wrong(400, "param.cardDataAndPrivateDataBothEmpty"),
  "param.contentUnsafe": befalls(400, "param.contentUnsafe"),
  "param.userIdNotExist": befalls(400, "param.userIdNotExist"),
  "param.templateNotExist": befalls(400, "param.templateNotExist"),
  "param.templateUnpublished": befalls(400, "param.templateUnpublished"),
  "param.cardNotExist": wrong(400, "param.cardNotExist"),
  "param.cardAlreadyExist": befalls(400, "param.cardAlreadyExist"),
  "system.busy": befalls(500, "system.busy"),
  "invalidParameter.robotCode.empty": wrong(400, "robotCode is empty"),
  "invalidParameter.robotCode.notExsit": befalls(400, "robot 不存在"),
  "invalidParameter.openConversationId.empty": wrong(400, "openConversationId is empty"),
  "invalidParameter.userIds.empty": wrong(400, "userIds is empty"),
  "invalidParameter.userIds.overMax": wrong(400, "userIds over max"),
  "invalidParameter.msgKey.invalid": wrong(400, "msgKey is invalid"),
  "invalidParameter.msgParam.invalid": wrong(400, "msgParam is invalid"),
  "invalidParameter.msgParam.tooLong": wrong(400, "msgParam is too long"),
  "invalidParameter.param.invalid": wrong(400, "param is invalid"),
  "conversation.org.notMatch": befalls(400, "the robot is not in the conversation"),
} as const satisfies Readonly<Record<string, Meaning>>;

export type Code = keyof typeof meanings;

export function success(body: object): ApiAnswer {
  return { status: 200, body };
}

/** The call is refused; `why` says more to whoever reads the complaint. */
export function refusal(code: Code, why?: string, more: object = {}): ApiAnswer {
  const { status, text, blames } = meanings[code];
  return {
    status,
    body: { code, requestid: "5A1D0000-0000-7000-8000-00000000F00D", message: text, ...more },
    blame: blames ? `${code}${why === undefined ? "" : `, ${why}`}` : undefined,
  };
}

/** The app lacks permissions. */
export function scopeMissing(requiredScopes: readonly string[]): ApiAnswer {
  return refusal("Forbidden.AccessDenied.AccessTokenPermissionDenied", undefined, {
    message: `应用尚未开通所需的权限：[${requiredScopes.join(",")}]`,
    accessdenieddetail: { requiredScopes },
  });
}

/** Codes of the older API, which says everything with HTTP 200 (document "Error codes of the old version"). */
const oldMeanings = {
  40004: wrong(200, "不合法的媒体文件类型"),
  40006: wrong(200, "不合法的文件大小"),
  40014: befalls(200, "不合法的access_token"),
  40035: wrong(200, "不合法的参数"),
  41005: wrong(200, "缺少多媒体文件数据"),
  90018: befalls(200, "请求接口过于频繁"),
  90020: befalls(200, "接口的每月调用次数超过限制"),
  300001: befalls(200, "session 不存在"),
  400105: wrong(200, "不支持的消息类型"),
  460101: wrong(200, "message too long, exceed 20000 bytes"),
} as const satisfies Readonly<Record<number, Meaning>>;

export type OldCode = keyof typeof oldMeanings;

/** The older API refuses. */
export function oldRefusal(errcode: OldCode, why?: string): ApiAnswer {
  const { status, text, blames } = oldMeanings[errcode];
  const blame = blames ? `errcode ${errcode} ${text}${why === undefined ? "" : `, ${why}`}` : undefined;
  return { status, body: { errcode, errmsg: text, request_id: "standin" }, blame };
}
