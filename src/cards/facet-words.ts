import { type FacetKey, riskKinds } from "../fleet/index.ts";
import type { Colour } from "./card.ts";
import { wordFor } from "./parts.ts";
import { statusColour, statusText } from "./runtime-row.ts";
import type { Texts } from "./texts/index.ts";

/** How a value that was counted reads; undefined stands for no value. */
export function facetText(facet: FacetKey, label: string | undefined, texts: Texts): string {
  if (label === undefined) {
    return facet === "risk" ? texts.words.noRisk : texts.words.none;
  }
  switch (facet) {
    case "status":
      return statusText(label, texts.desktopStatus);
    case "agent":
      return statusText(label, texts.agentStatus);
    case "channel":
      return wordFor(label, texts.channel) ?? label;
    case "risk": {
      const kind = riskKinds.find((one) => one === label);
      return kind === undefined ? label : texts.risks[kind].short;
    }
    default:
      return label;
  }
}

/** What a value says of a runtime, where it says something. */
export function facetColour(facet: FacetKey, label: string | undefined): Colour | undefined {
  switch (facet) {
    case "status":
    case "agent":
      return statusColour(label);
    case "risk":
      return label === undefined ? "green" : label === "agent-uninstalled" ? "red" : "orange";
    default:
      return undefined;
  }
}
