import { type RiskKind, riskKinds } from "../../fleet/index.ts";

/** Kinds of risk as they are stored: the worst is the least, so that they can be sorted. A code is never used for another. */
const codes: Readonly<Record<RiskKind, number>> = {
  "agent-uninstalled": 1,
  "model-modified": 2,
  "channel-modified": 3,
};

export function kindCode(kind: RiskKind): number {
  return codes[kind];
}

/** Undefined for a code that this version does not know. */
export function kindOf(code: number): RiskKind | undefined {
  return riskKinds.find((kind) => codes[kind] === code);
}
