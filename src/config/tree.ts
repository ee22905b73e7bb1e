import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import { type Environment, readScalar, type SubstitutionFault, substitute } from "./environment.ts";
import { type Found, formatPath, type Path } from "./problem.ts";

/** Bounds of what aliases may expand to; a real file has about a hundred values, six levels deep, and up to 20,000 of people. */
const maxValues = 30_000;
const maxDepth = 20;

/** How many variables of one value are said to be wrong. */
import { showVariables } from "./variables.ts";

const maxFaults = 20;

/** Where a value stands in the text, and how it was written. */
export interface Place {
  readonly offset: number;
  /** Where its key stands; the value's own offset in a list. */
  readonly keyOffset: number;
  /** The text of a scalar before variables are put in; undefined for sections, lists and empty values. */
  readonly source: string | undefined;
  /** The variables it names. */
  readonly variables: readonly string[];
}

/** A file as plain data that remembers where each value stands. */
export interface Tree {
  readonly data: unknown;
  /** What was found while reading: missing variables, keys that are written twice, aliases that lead nowhere. */
  readonly problems: readonly Found[];
  place(path: Path): Place | undefined;
  /** Whether a value could not be read; it is left out of the data and has its problem already. */
  unreadable(path: Path): boolean;
  /**
   * Reads the text of a value that holds variables again as YAML reads an unquoted text, so that it can be a number or
   * true or false. Whether that made a difference.
   */
  reread(path: Path): boolean;
}

interface Visit {
  readonly node: unknown;
  readonly path: Path;
  readonly keyOffset: number;
  /** Stands in for the node's own offset when an alias led to it. */
  readonly offset?: number | undefined;
  readonly set: (value: unknown) => void;
}

/** What grows while a document is read. */
interface Reading {
  readonly source: string;
  readonly environment: Environment;
  readonly places: Map<string, Place>;
  readonly unreadable: Set<string>;
  readonly rereads: Map<string, () => boolean>;
  readonly anchors: Map<string, Node>;
  readonly problems: Found[];
  values: number;
}

/** Turns a document into plain data, variables put in. Never throws; what cannot be read is a problem. */
export function readTree(document: Document, source: string, environment: Environment): Tree {
  const reading: Reading = {
    source,
    environment,
    places: new Map(),
    unreadable: new Set(),
    rereads: new Map(),
    anchors: new Map(),
    problems: [],
    values: 0,
  };
  const top = document.contents;
  const box: { data: unknown } = { data: {} };
  if (top !== null && !(isScalar(top) && top.value === null)) {
    const set = (value: unknown) => {
      box.data = value;
    };
    read(reading, { node: top, path: [], keyOffset: offsetOf(top) ?? 0, set });
  }
  return {
    data: box.data,
    problems: reading.problems,
    place: (path) => reading.places.get(idOf(path)),
    unreadable: (path) => reading.unreadable.has(idOf(path)),
    reread: (path) => reading.rereads.get(idOf(path))?.() ?? false,
  };
}

function refuse(reading: Reading, path: Path, offset: number, message: string, hint?: string): void {
  reading.problems.push({ offset, key: formatPath(path), message, hint });
  reading.unreadable.add(idOf(path));
}

function read(reading: Reading, visit: Visit): void {
  const { node, path, keyOffset } = visit;
  const offset = visit.offset ?? offsetOf(node) ?? keyOffset;
  reading.values += 1;
  if (reading.values > maxValues || path.length > maxDepth) {
    refuseMore(reading, path, offset);
    return;
  }
  if (isAlias(node)) {
    const target = reading.anchors.get(node.source);
    if (target === undefined) {
      refuse(reading, path, offset, "there is no anchor of this name above");
    } else {
      read(reading, { ...visit, node: target, offset: isScalar(target) ? offset : undefined });
    }
    return;
  }
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) {
    reading.anchors.set(node.anchor, node);
  }
  reading.places.set(idOf(path), { offset, keyOffset, source: undefined, variables: [] });
  if (isMap(node)) {
    readMap(reading, visit, node.items);
  } else if (isSeq(node)) {
    readList(reading, visit, node.items);
  } else if (isScalar(node)) {
    readScalarNode(reading, visit, offset, node);
  } else {
    visit.set(null);
  }
}

/** Said once: from here on nothing is read. */
function refuseMore(reading: Reading, path: Path, offset: number): void {
  if (reading.values <= maxValues + 1) {
    const message = `the file holds more than ${maxValues} values or ${maxDepth} levels, aliases followed`;
    refuse(reading, path, offset, message);
  }
  reading.values = maxValues + 1;
}

function readList(reading: Reading, visit: Visit, items: readonly unknown[]): void {
  const list: unknown[] = items.map(() => undefined);
  visit.set(list);
  items.forEach((node, index) => {
    const set = (value: unknown) => {
      list[index] = value;
    };
    read(reading, { node, path: [...visit.path, index], keyOffset: offsetOf(node) ?? visit.keyOffset, set });
  });
}

function readMap(reading: Reading, visit: Visit, items: readonly Pair[]): void {
  const seen = new Map<string, number>();
  // Without a prototype, so that a key such as __proto__ is a key like any other.
  const map: Record<string, unknown> = Object.create(null);
  visit.set(map);
  for (const { key, value } of items) {
    const keyOffset = offsetOf(key) ?? visit.keyOffset;
    if (!isScalar(key) || key.value === null) {
      const hint = "put a value that begins with a bracket or a brace in quotes";
      refuse(reading, visit.path, keyOffset, "a key must be a word", hint);
      continue;
    }
    const name = typeof key.value === "string" ? showVariables(key.value) : (key.source ?? String(key.value));
    const path = [...visit.path, name];
    const first = seen.get(name);
    if (first !== undefined) {
      const line = reading.source.slice(0, first).split("\n").length;
      const message = `is written twice, first in line ${line}`;
      reading.problems.push({ offset: keyOffset, key: formatPath(path), message, hint: "keep one of them" });
      continue;
    }
    seen.set(name, keyOffset);
    const set = (inner: unknown) => {
      map[name] = inner;
    };
    read(reading, { node: value, path, keyOffset, set });
  }
}

function readScalarNode(reading: Reading, visit: Visit, offset: number, node: Scalar): void {
  const { path, keyOffset } = visit;
  const value = typeof node.value === "string" ? showVariables(node.value) : node.value;
  if (value === null) {
    visit.set(null);
    return;
  }
  if (typeof value === "number" || typeof value === "boolean") {
    reading.places.set(idOf(path), { offset, keyOffset, source: node.source ?? String(value), variables: [] });
    visit.set(value);
    return;
  }
  if (typeof value !== "string") {
    refuse(reading, path, offset, "is of a kind that has no place here", "leave out the word with !!");
    return;
  }
  const { text, variables, faults } = substitute(value, reading.environment);
  reading.places.set(idOf(path), { offset, keyOffset, source: value, variables });
  const offsets = faults.length === 0 ? [] : offsetsOfVariables(reading.source, node);
  for (const fault of faults.slice(0, maxFaults)) {
    refuseVariable(reading, visit, fault, offsets[fault.occurrence] ?? offset);
  }
  if (faults.length > 0) {
    return;
  }
  visit.set(text);
  if (variables.length > 0) {
    reading.rereads.set(idOf(path), () => {
      const again = readScalar(text);
      visit.set(again);
      return typeof again !== "string";
    });
  }
}

function refuseVariable(reading: Reading, { path }: Visit, fault: SubstitutionFault, offset: number): void {
  if (fault.kind === "missing") {
    const hint = `set it, or give it a default: \${${fault.name}:-…}`;
    refuse(reading, path, offset, `the variable ${fault.name} is not set`, hint);
  } else {
    const message = `this is neither \${NAME} nor \${NAME:-default}`;
    const hint = "write $${ where ${ itself is meant; a default cannot hold another variable";
    refuse(reading, path, offset, message, hint);
  }
}

function idOf(path: Path): string {
  return JSON.stringify(path);
}

function offsetOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}

/** Where each `${` of a scalar stands in the file; escapes in double quotes may hide one. */
function offsetsOfVariables(source: string, { range }: Scalar): readonly number[] {
  if (range === null || range === undefined) {
    return [];
  }
  const [start, end] = range;
  return Array.from(source.slice(start, end).matchAll(/\$?\$\{/g), (found) => start + found.index);
}
