import type { FleetFailure } from "../../fleet/index.ts";

/** What the code of a failure says beyond its kind, where people have to do something else for it. */
export type FailureCause =
  | "no-credentials"
  | "token-expired"
  | "token-refused"
  | "name-unknown"
  | "certificate"
  | "no-tls"
  | "proxy-credentials"
  | "proxy-refused"
  | "proxy-failed"
  | "proxy-unreachable";

/** By what src/appstream calls what a proxy did. */
const ofProxy: Readonly<Record<string, FailureCause>> = {
  PROXY_CREDENTIALS: "proxy-credentials",
  PROXY_REFUSED: "proxy-refused",
  PROXY_FAILED: "proxy-failed",
  PROXY_UNREACHABLE: "proxy-unreachable",
};

/** Tells causes by the codes of the API, of its SDK, and of Node. */
export function causeOf({ kind, code = "" }: FleetFailure): FailureCause | undefined {
  switch (kind) {
    case "credentials":
      if (code === "InvalidCredentials") {
        return "no-credentials";
      }
      if (code === "InvalidSecurityToken.Expired") {
        return "token-expired";
      }
      return /^(?:Invalid|Missing)SecurityToken/.test(code) ? "token-refused" : undefined;
    case "unreachable":
      if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
        return "name-unknown";
      }
      if (code === "EPROTO" || /^ERR_SSL_/.test(code)) {
        return "no-tls";
      }
      return /CERT|^UNABLE_TO_|^ERR_TLS/.test(code) ? "certificate" : ofProxy[code];
    default:
      return undefined;
  }
}
