import type { Locale } from "../../../src/cards/index.ts";
import type { FileEntry } from "../wire.ts";
import { element, icon, icons } from "./element.ts";
import { foreign, plain } from "./foreign.ts";
import type { Texts } from "./texts.ts";

/** What a file's view needs of the page. */
export interface FileViewOptions {
  readonly texts: Texts;
  readonly locale: Locale;
  /** Whether the file at this address can still be fetched. */
  isKept(address: string): Promise<boolean>;
}

/** Draws a file: what it is called, how large it is, and a link to fetch it while it is there. */
export function fileView(entry: FileEntry, options: FileViewOptions): HTMLElement {
  const { texts, locale } = options;
  const about = element("div", { class: "file-about" }, sizeText(entry.bytes, locale));
  const node = element(
    "article",
    { class: "file", "aria-label": plain(entry.name) },
    icon(...icons.file),
    element("div", {}, element("div", { class: "file-name" }, foreign(entry.name, 200)), about),
  );
  const gone = (): void => {
    link.remove();
    about.textContent = texts.fileGone;
  };
  const link = downloadLink(entry, options, gone);
  node.append(link);
  return node;
}

function downloadLink({ file, name }: FileEntry, { texts, isKept }: FileViewOptions, gone: () => void): HTMLElement {
  const href = `/playground/files/${encodeURIComponent(file)}`;
  const attributes = {
    class: "button download",
    href,
    download: name,
    "aria-label": `${texts.download} ${plain(name)}`,
  };
  const link = element("a", attributes, icon(...icons.download), texts.download);
  let isSure = false;
  link.addEventListener("click", (event) => {
    if (isSure) return;
    // The browser only says that a download failed; that the file is gone is for the page to say.
    event.preventDefault();
    void isKept(href).then((kept) => {
      if (!kept) return gone();
      isSure = true;
      link.click();
      isSure = false;
    });
  });
  return link;
}

const units = ["byte", "kilobyte", "megabyte"] as const;

/** As people say it: 812 byte, 4.1 kB, 12.3 MB. */
function sizeText(bytes: number, locale: Locale): string {
  const power = bytes < 1_000 ? 0 : bytes < 999_950 ? 1 : 2;
  const format = { style: "unit", unit: units[power], maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, format).format(bytes / 1_000 ** power);
}
