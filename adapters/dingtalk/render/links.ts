import type { Button } from "../../../src/cards/index.ts";
import { uniqueLabels } from "./buttons.ts";
import { renderLimits } from "./limits.ts";
import { escaped } from "./markup.ts";

/** The characters that `encodeURIComponent` leaves and that could end a link or begin markup. */
const left = /[!'()*~_]/g;

/**
 * Buttons as links of a markdown message: a press sends the command as the person who pressed (document "消息链接说明"). They
 * work in messages alone.
 *
 * @param longest UTF-16 units of a command; longer ones have no link
 */
export function drawLinks(
  buttons: readonly Button[],
  longest: number,
): { readonly links: string; readonly missing: boolean } {
  const short = buttons.filter(({ command }) => command.length <= longest);
  const labels = uniqueLabels(short, renderLimits.button);
  const links = short.map(({ command }, index) => `[${escaped(labels[index] ?? "")}](${sending(command)})`);
  return { links: links.join(" · "), missing: short.length < buttons.length };
}

function sending(command: string): string {
  const content = encodeURIComponent(command.toWellFormed()).replace(left, hexadecimal);
  return `dtmd://dingtalkclient/sendMessage?content=${content}`;
}

function hexadecimal(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
