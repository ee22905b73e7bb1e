import {
  createScriptedServer as createServer,
  type Reply,
  type ScriptedServer,
} from "../../platform/scripted-server.ts";

export type { Asked, Reply, ScriptedServer } from "../../platform/scripted-server.ts";

export const sent = (message: string): Reply => ({ json: { code: 0, msg: "success", data: { message_id: message } } });
export const failed = (
  status: number,
  code: number,
  msg = "words",
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers,
  json: { code, msg, error: { log_id: "LOG123" } },
});
export const granted = (token: string, expire = 7_200): Reply => ({
  json: { code: 0, msg: "ok", tenant_access_token: token, expire },
});

/** An HTTP server on the loopback that answers as Lark, and as a test says. */
export function createScriptedServer(): Promise<ScriptedServer> {
  return createServer({
    tokenPath: "/open-apis/auth/v3/tenant_access_token/internal",
    answer: (_, index) => sent(`om_${index}`),
    grant: (nth) => granted(`t-${nth}`),
  });
}
