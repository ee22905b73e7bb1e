// Takes the types out of sources in TypeScript: a JSON list of texts comes in, and another goes out.
import { stripTypeScriptTypes } from "node:module";
import { json } from "node:stream/consumers";

const sources = await json(process.stdin);
process.stdout.write(JSON.stringify(sources.map((source) => stripTypeScriptTypes(source))));
