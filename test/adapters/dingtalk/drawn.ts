import { type Rendered, renderDingTalk } from "../../../adapters/dingtalk/render.ts";
import type { Card } from "../../../src/cards/index.ts";
import { listingOf, runtimeOf } from "../../builders.ts";
import { checkCard } from "../../platforms/dingtalk/card-rules.ts";
import { plainOf } from "../../platforms/dingtalk/markdown.ts";

/** A drawn card, to be looked at. Every card that a test draws is one that DingTalk takes. */
export function drawn(card: Card): Rendered & {
  readonly markdown: string;
  /** What people read of it, a line a line. */
  readonly lines: readonly string[];
  readonly labels: readonly string[];
} {
  const rendered = renderDingTalk(card);
  const complaints = checkCard(rendered.params);
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  const { markdown = "" } = rendered.params;
  return {
    ...rendered,
    markdown,
    lines: plainOf(markdown)
      .split("\n")
      .filter((line) => line !== ""),
    labels: rendered.buttons.map(({ label }) => label),
  };
}

/** A page of as many runtimes with ordinary names, every seventh at risk. */
export function listAnswer(size: number, about: Parameters<typeof runtimeOf>[0] = {}) {
  const runtimes = Array.from({ length: size }, (_, index) =>
    runtimeOf({
      id: `ecd-${index + 1}`,
      name: `agent-${String(index + 1).padStart(4, "0")}`,
      users: [["li.na", "wang.w", "zhao.yi"][index % 3] ?? ""],
      risks: index % 7 === 3 ? ["model-modified"] : [],
      ...about,
    }),
  );
  return {
    kind: "list" as const,
    command: { kind: "list" as const, filters: {}, page: 2, size },
    listing: listingOf(runtimes, { total: 1_000, page: 2, size }),
    providers: ["OpenClaw", "HermesAgent"],
    showsUsers: true,
    canExport: true,
  };
}
