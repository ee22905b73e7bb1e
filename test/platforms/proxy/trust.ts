import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { certificateFile } from "./proxy.ts";

/** Trusts the certificate of the names that the proxy speaks for, in this process, until the function is called. */
export function trustProxy(): () => void {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, readFileSync(certificateFile, "utf8")]);
  return () => setDefaultCACertificates(before);
}
