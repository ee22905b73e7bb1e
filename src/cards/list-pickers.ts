import { type ListCommand, limits, print } from "../commands/index.ts";
import { type FilterKey, type Filters, filterDefinition, plainProvider, riskKinds } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Picker, PickerOption } from "./card.ts";
import { clip, lengths } from "./clip.ts";
import { detailsOptions, statusText } from "./runtime-row.ts";
import type { Texts } from "./texts/index.ts";

/** One runtime of the page, another filter, another page size. */
export function listPickers(answer: Extract<Answer, { kind: "list" }>, texts: Texts): readonly Picker[] {
  const { command, listing, providers } = answer;
  const details = detailsOptions(listing.runtimes, texts);
  const status: Choices = {
    key: "status",
    label: texts.pickers.status,
    values: filterDefinition("status").values,
    show: (value) => statusText(value, texts.desktopStatus),
  };
  const risk: Choices = {
    key: "risk",
    label: texts.pickers.risk,
    values: ["yes", ...riskKinds, "no"],
    show: (value) => riskChoice(value, texts),
  };
  const provider: Choices = {
    key: "provider",
    label: texts.pickers.provider,
    values: providers.filter(({ length }) => length <= limits.valueLength).map(plainProvider),
    show: plainProvider,
  };
  return [
    ...(details.length > 0 ? [{ label: texts.labels.details, options: details }] : []),
    ...[status, risk, provider].map((choices) => filterPicker(command, choices, texts)),
    sizePicker(command, texts),
  ];
}

function riskChoice(value: string, texts: Texts): string {
  if (value === "yes" || value === "no") {
    return value === "yes" ? texts.words.atRisk : texts.words.noRisk;
  }
  const kind = riskKinds.find((one) => one === value);
  return kind === undefined ? value : texts.risks[kind].short;
}

interface Choices {
  readonly key: FilterKey;
  readonly label: string;
  readonly values: readonly string[];
  readonly show: (value: string) => string;
}

/** The values of one filter, each on its first page; what is in force and not among them stands there as well. */
function filterPicker(command: ListCommand, { key, label, values, show }: Choices, texts: Texts): Picker {
  const { [key]: current, ...others } = command.filters;
  const inForce = print({ ...command, page: 1 });
  const option = (chosen: Filters, name: string): readonly PickerOption[] => {
    const text = printed({ ...command, filters: chosen, page: 1 });
    return text === undefined ? [] : [{ label: name, command: text, selected: text === inForce }];
  };
  const named = (chosen: readonly string[]) =>
    option(withFilter(others, key, chosen), clip(texts.together(chosen.map(show)), lengths.label));
  const listed = values.flatMap((value) => named([value]));
  const unlisted = current !== undefined && !listed.some(({ selected }) => selected);
  return { label, options: [...option(others, texts.words.all), ...(unlisted ? named(current) : []), ...listed] };
}

/** The text of a command that was read, with another value that the grammar knows: it can be read unless it is too long. */
function printed(command: ListCommand): string | undefined {
  const text = print(command);
  return text.length <= limits.text && command.page <= limits.page ? text : undefined;
}

/** Whoever picks a risk wants to know of risks: that they were to be left out gives way. */
function withFilter(others: Filters, key: FilterKey, chosen: readonly string[]): Filters {
  const { "risk-info": _, ...asking } = others;
  return { ...(key === "risk" ? asking : others), [key]: chosen };
}

const sizes = [5, 10, 20, 50] as const;

/** Another page size, on the page where the first row of this one stands. */
function sizePicker(command: ListCommand, texts: Texts): Picker {
  const first = (command.page - 1) * command.size;
  const all = [...new Set<number>([...sizes, command.size])].sort((a, b) => a - b);
  return {
    label: texts.pickers.size,
    options: all.flatMap((size) => {
      const text = printed({ ...command, size, page: Math.floor(first / size) + 1 });
      return text === undefined ? [] : [{ label: texts.perPage(size), command: text, selected: size === command.size }];
    }),
  };
}
