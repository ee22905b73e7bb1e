import { z } from "zod";
import { withoutAddresses } from "../bot/index.ts";
import type { Fault } from "../doctor/index.ts";
import type { StoreLocation } from "./location.ts";

/** What errors of Node (`code`), node:sqlite (`errcode`, SQLite's result code) and pg (`code`, the SQLSTATE) carry. */
const errorSchema = z.object({
  code: z.string().optional().catch(undefined),
  errcode: z.number().optional().catch(undefined),
  message: z.string().catch(""),
});

type ErrorFields = z.infer<typeof errorSchema>;

function fieldsOf(error: unknown): ErrorFields {
  return errorSchema.safeParse(error).data ?? { code: undefined, errcode: undefined, message: "" };
}

/** SQLite's primary result codes, from "Result and Error Codes" of its documentation. */
export const sqlite = {
  error: 1,
  busy: 5,
  locked: 6,
  readonly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** The code of an error of Node or of pg. */
export function errorCode(error: unknown): string | undefined {
  return fieldsOf(error).code;
}

/** The primary result code of an error of node:sqlite, whose upper bytes say more. */
export function sqliteCode(error: unknown): number | undefined {
  const { errcode } = fieldsOf(error);
  return errcode === undefined ? undefined : errcode & 0xff;
}

/**
 * What the store throws: nothing of what a database's library hangs on its errors but the code, and in its words no address,
 * no password and no content of a row. What is the disk's or the database's fault comes from no place in the program.
 */
export function storeError(error: unknown): Error {
  const { code, errcode } = fieldsOf(error);
  const described = new Error(describeError(error));
  if (isKnown(error)) {
    described.stack = `${described.name}: ${described.message}`;
  }
  return Object.assign(described, {
    ...(code !== undefined && { code }),
    ...(errcode !== undefined && { errcode }),
  });
}

/** Whether the disk or the database is to blame, and not the program. */
export function isKnown(error: unknown): boolean {
  return (sqliteSentence(error) ?? postgresSentence(error)) !== undefined;
}

function describeError(error: unknown): string {
  const { code, errcode, message } = fieldsOf(error);
  const known = sqliteSentence(error) ?? postgresSentence(error);
  const text = known ?? (withoutAddresses(message).slice(0, 200) || "unknown error");
  const mark = errcode ?? code;
  return mark === undefined || text.endsWith(`(${mark})`) ? text : `${text} (${mark})`;
}

/** Why a store cannot be used, for the operator. Names no password. */
export function storeFault(error: unknown, location: StoreLocation): Fault {
  switch (location.kind) {
    case "file":
      return fileFault(error, location.directory);
    case "memory":
      return fileFault(error, "memory");
    case "postgres":
      return postgresFault(error, location.url());
  }
}

/** What is wrong and what to do, on one line. */
export function inOne({ says, todo }: Fault): string {
  return `${says} ${todo}`;
}

function fileFault(error: unknown, directory: string): Fault {
  const place = `The directory of the store, ${directory},`;
  switch (fieldsOf(error).code) {
    case "EACCES":
    case "EPERM":
      return {
        says: `${place} may not be written by this user.`,
        todo: "Change its owner or its mode, or choose another in store.url.",
      };
    case "EROFS":
      return { says: `${place} is on a file system that is mounted read-only.`, todo: "Choose another in store.url." };
    case "EEXIST":
    case "ENOTDIR":
      return {
        says: `${place} is not a directory, or is inside of something that is none.`,
        todo: "Choose another in store.url.",
      };
    case "ENOENT":
      return { says: `${place} cannot be made there.`, todo: "Choose another in store.url." };
    case "ENOSPC":
    case "EDQUOT":
      return { says: `${place} has no room left.`, todo: "Make some, or choose another in store.url." };
  }
  return { says: `The store in ${directory} cannot be used: ${describeError(error)}.`, todo: sqliteAdvice(error) };
}

function postgresFault(error: unknown, url: string): Fault {
  return {
    says: `The store in PostgreSQL${serverOf(url)} cannot be used: ${describeError(error)}.`,
    todo: postgresAdvice(error),
  };
}

/** A later release wrote the store, up to tables of `version`; this one knows those up to `known`. */
export function newerFault({ version, known }: { readonly version: number; readonly known: number }): Fault {
  return {
    says:
      `A later release of Deskhand wrote this store: its tables have version ${version}, and this release knows them up ` +
      `to ${known}.`,
    todo: "Start that release again, or name another store in store.url.",
  };
}

function sqliteSentence(error: unknown): string | undefined {
  switch (sqliteCode(error)) {
    case sqlite.busy:
    case sqlite.locked:
      return "another process keeps the database locked";
    case sqlite.readonly:
      return "the database file may not be written";
    case sqlite.io:
      return "the disk failed to read or write";
    case sqlite.corrupt:
      return "the database file is damaged";
    case sqlite.full:
      return "the disk is full";
    case sqlite.cannotOpen:
      return "the database file cannot be opened";
    case sqlite.notADatabase:
      return "deskhand.db is not a database";
    default:
      return undefined;
  }
}

function sqliteAdvice(error: unknown): string {
  switch (sqliteCode(error)) {
    case sqlite.busy:
    case sqlite.locked:
      return "End the program that has it open.";
    case sqlite.readonly:
    case sqlite.cannotOpen:
      return "Give this user the right to read and write it.";
    case sqlite.full:
      return "Make room.";
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return "Put back a copy of it, or move it away to begin with an empty one.";
    default:
      return "Look after the disk that it is on, or choose another directory in store.url.";
  }
}

/** SQLSTATE codes from appendix A of PostgreSQL's documentation; error codes of Node; messages of pg and pg-pool. */
function postgresSentence(error: unknown): string | undefined {
  const { code = "", message } = fieldsOf(error);
  switch (code) {
    case "28P01":
    case "28000":
      return "it refuses the user or the password";
    case "3D000":
      return "it has no database of this name";
    case "42501":
      return "the user lacks a right";
    case "42P01":
    case "42P07":
    case "42703":
      return "its tables are not those of Deskhand";
    case "53300":
      return "it has too many connections already";
    case "53100":
      return "its disk is full";
    case "57014":
      return "a query took too long";
    case "57P01":
    case "57P02":
    case "57P03":
      return "it is stopping or starting";
    case "25006":
      return "it is read-only";
  }
  if (/timeout/i.test(message) || code === "ETIMEDOUT") {
    return "it does not answer";
  }
  if (/^E[A-Z]+$/.test(code) || /connection terminated|connection error/i.test(message)) {
    return "it cannot be reached";
  }
  if (/does not support SSL|certificate/i.test(message)) {
    return "no secure connection could be made";
  }
  return /SASL|password must be a string/i.test(message) ? "it wants a password" : undefined;
}

function postgresAdvice(error: unknown): string {
  const { code = "" } = fieldsOf(error);
  switch (code) {
    case "28P01":
    case "28000":
      return "Check them in store.url.";
    case "3D000":
      return "Create it, or name another in store.url.";
    case "42501":
      return "The user must be allowed to create tables in its schema.";
    case "42P01":
    case "42P07":
    case "42703":
      return "Give it a database or a schema of its own.";
    case "25006":
      return "Name the primary server in store.url.";
    case "53100":
      return "Make room.";
    default:
      return /^E[A-Z]+$/.test(code)
        ? "Check host and port in store.url, and that it runs."
        : "Check store.url, and what the log of the server says.";
  }
}

/** Host and port where they are plainly that: in an address that is wrongly written a part of the password could be there. */
function serverOf(url: string): string {
  if (!URL.canParse(url)) {
    return "";
  }
  const { host, username } = new URL(url);
  return host === "" || (url.includes("@") && username === "") ? "" : ` at ${host}`;
}
