/** The HTTP interfaces of the platform, named by what they are for. */
export type Api =
  /** POST /v1.0/gateway/connections/open */
  | "gateway"
  /** POST /v1.0/oauth2/accessToken */
  | "token"
  /** POST /v1.0/card/instances/createAndDeliver */
  | "deliver"
  /** PUT /v1.0/card/instances */
  | "update"
  /** POST /v1.0/robot/groupMessages/send */
  | "group"
  /** POST /v1.0/robot/oToMessages/batchSend */
  | "direct"
  /** POST to a session webhook. */
  | "webhook"
  /** POST /media/upload */
  | "upload"
  /** GET /gettoken */
  | "legacyToken"
  | "unknown";

const routes: Readonly<Record<string, Api>> = {
  "POST /v1.0/gateway/connections/open": "gateway",
  "POST /v1.0/oauth2/accessToken": "token",
  "POST /v1.0/card/instances/createAndDeliver": "deliver",
  "PUT /v1.0/card/instances": "update",
  "POST /v1.0/robot/groupMessages/send": "group",
  "POST /v1.0/robot/oToMessages/batchSend": "direct",
  "POST /robot/sendBySession": "webhook",
  "POST /media/upload": "upload",
  "GET /gettoken": "legacyToken",
};

/** Which interface a request is for. */
export function apiOf({ method, path }: { readonly method: string; readonly path: string }): Api {
  return routes[`${method} ${path}`] ?? "unknown";
}
