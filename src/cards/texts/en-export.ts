import type { UnwrittenReason } from "../answer.ts";
import { sizesIn } from "./size.ts";
import type { Texts } from "./texts.ts";

const number = new Intl.NumberFormat("en");
const bytes = sizesIn("en");

/** Why a folder took no file, and what mends it. */
const unwritten: Readonly<Record<UnwrittenReason, readonly [why: string, mend: string]>> = {
  denied: ["this user may not write there", "Give this user the right to write there"],
  full: ["the disk is full", "Make room on its disk"],
  missing: ["there is no such folder", "Make the folder"],
  other: ["the disk did not take it", "Look after its disk"],
};

export const exportInEnglish: Texts["exports"] = {
  title: "Runtimes as a file",
  reading: "Reading the list…",
  progress: (rows, total) => `Reading the list: ${number.format(rows)} of ${number.format(total)} runtimes`,
  size: "size",
  file: "File",
  bytes,
  sent: "The file is in this chat.",
  written: (path) => `The file is written: ${path}`,
  tooMany: (total, limit) => ({
    happened: `${number.format(total)} runtimes would have to be read for this file; at most ${number.format(limit)} go into one.`,
    todo: "Narrow it with filters such as provider, status or group, and export the parts one by one.",
  }),
  tooLarge: (size, limit) => ({
    happened: `The file has ${bytes(size)}; at most ${bytes(limit)} can be sent here.`,
    todo: "Narrow it with filters such as provider, status or group, and export the parts one by one.",
  }),
  notSent: {
    refused: {
      happened: "The file was made, but the platform did not take it.",
      todo: "The log of the bot says why: mostly it lacks the permission to upload and send files. Ask its operator.",
    },
    maybe: {
      happened: "The file was made and sent, but the platform did not say that it arrived.",
      todo: "If it is not in this chat in a minute, ask for it again.",
    },
    failed: {
      happened: "The file was made, but could not be sent.",
      todo: "Try again in a minute.",
    },
    disk: {
      happened: "The file could not be written on the machine of this bot. Its log says why.",
      todo: "Ask the operator to make room in the folder for temporary files, then try again.",
    },
  },
  unwritten: ({ folder, temporary, reason }) => {
    const [why, mend] = unwritten[reason];
    const otherwise = temporary ? "name another folder for temporary files in TMPDIR" : "ask from another folder";
    return { happened: `The file could not be written into ${folder}: ${why}.`, todo: `${mend}, or ${otherwise}.` };
  },
  as: (format) => `As ${format}`,
  only: (value) => `Only ${value}`,
};
