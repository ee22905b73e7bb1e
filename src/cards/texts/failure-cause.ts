import type { FleetFailure } from "../../fleet/index.ts";

/** What the code of a failure says beyond its kind, where people have to do something else for it. */
export type FailureCause = "no-credentials" | "token-expired" | "token-refused" | "name-unknown" | "certificate";

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
      return /CERT|^UNABLE_TO_|^ERR_TLS/.test(code) ? "certificate" : undefined;
    default:
      return undefined;
  }
}
