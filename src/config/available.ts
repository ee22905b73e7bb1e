import { valueAt } from "./describe.ts";
import type { Path } from "./problem.ts";

/** Something that the schema knows and this version does not do yet. */
interface Unavailable {
  readonly path: Path;
  /** Whether a value of the file asks for it. */
  wanted(value: unknown): boolean;
  readonly message: string;
}

/** A version that learns one of these takes out its row. */
const unavailable: readonly Unavailable[] = [
  {
    path: ["channels", "dingtalk", "enabled"],
    wanted: (value) => value === true,
    message: "This version of Deskhand has no DingTalk channel yet; set channels.dingtalk.enabled to false.",
  },
];

/** What a file asks for that this version does not do. */
export function findUnavailable(data: unknown): readonly { readonly path: Path; readonly message: string }[] {
  return unavailable
    .filter(({ path, wanted }) => wanted(valueAt(data, path)))
    .map(({ path, message }) => ({ path, message }));
}
