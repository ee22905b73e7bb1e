import { defaultSize, print } from "../commands/index.ts";
import { facetKeys } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Card } from "./card.ts";
import { button, buttons, card, type Setting, text } from "./parts.ts";
import { facetChart, summaryColour, summaryFacts, summaryNotes, summaryTags } from "./summary-parts.ts";

/** Counts and shares, each a picture whose parts lead to the list of what was counted. */
export function summaryCard(answer: Extract<Answer, { kind: "summary" }>, setting: Setting): Card {
  const { command, summary, canExport } = answer;
  const { texts } = setting;
  const { counts } = summary;
  const charts = facetKeys.flatMap((facet) => facetChart(command, summary, facet, texts));
  return card(setting, {
    title: texts.words.summary,
    colour: summaryColour(summary),
    tags: summaryTags(counts, texts),
    command: print(command),
    blocks: [
      { kind: "facts", style: "headline", facts: summaryFacts(counts, texts) },
      counts.runtimes === 0 ? text(texts.notes.empty) : undefined,
      summary.complete ? undefined : text(texts.notes.moved, "warning"),
      ...charts,
      ...summaryNotes(summary, charts, texts).map((one) => text(one, "small")),
      { kind: "command", text: print(command) },
      buttons(
        button(texts.labels.refresh, command, "refresh"),
        button(texts.labels.list, { kind: "list", filters: command.filters, page: 1, size: defaultSize }),
        canExport && counts.runtimes > 0 && button(texts.labels.export, { kind: "export", filters: command.filters }),
      ),
    ],
  });
}
