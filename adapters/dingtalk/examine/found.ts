import type { Found } from "../../../src/doctor/index.ts";
import type { FailureKind } from "../codes.ts";
import type { Failure } from "../failure.ts";

/** What to do about failures whose own words do not say it. */
const usual: Partial<Readonly<Record<FailureKind, string>>> = {
  rate: "Ask again in a minute: other programs of the app share the limit.",
  user: "Name somebody of the organisation whom the app is available to, by their staff id.",
  unavailable: "See that this machine reaches DingTalk, and ask again.",
};

const otherwise = "Ask again in a minute; where it stays, look the code up in the documents of the open platform.";

/** The finding of a call that failed, in the words of the log. @param before a sentence that says of what it is */
export function failedBy({ kind, what, todo }: Failure, before?: string): Found {
  const says = before === undefined ? what : `${before} ${what}`;
  return { state: "failed", says, todo: todo ?? usual[kind] ?? otherwise };
}
