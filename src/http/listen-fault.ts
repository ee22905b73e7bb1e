import type { Fault } from "../doctor/index.ts";

/** Why nothing can be served there, for the operator. */
export function listenFault(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): Fault {
  switch (error.code) {
    case "EADDRINUSE":
      return {
        says: `Port ${port} on ${host} is in use.`,
        todo: "Stop what uses it, or set http.port in app.yaml to another.",
      };
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return { says: `${host} is not an address of this machine.`, todo: "Set http.host in app.yaml." };
    case "EACCES":
      return {
        says: `Port ${port} needs rights that this process does not have.`,
        todo: "Set http.port in app.yaml to 1024 or above.",
      };
    default:
      return {
        says: `Nothing can be served on ${host}:${port} (${error.code ?? error.message}).`,
        todo: "Check http.host and http.port in app.yaml.",
      };
  }
}
