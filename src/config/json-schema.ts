import { z } from "zod";
import { configSchema } from "./schema.ts";

type Node = z.core.JSONSchema.BaseSchema;

const variable: Node = {
  description: `Text that takes environment variables: \${NAME} or \${NAME:-default}.`,
  type: "string",
  pattern: "\\$\\{[A-Za-z_][A-Za-z0-9_]*(?::-[^}]*)?\\}",
};

/** The JSON schema of `app.yaml` for editors, as text that is the same on every machine. */
export function formatJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema, { target: "draft-2020-12", io: "input" });
  const { $schema, ...rest } = allowVariables(schema);
  const complete = { $schema, title: "Configuration of Deskhand (app.yaml)", ...rest, $defs: { variable } };
  return `${JSON.stringify(complete, null, 2)}\n`;
}

/** Lets a variable stand where a number, true, false, a choice or a pattern is expected: an editor cannot know its value. */
function allowVariables(node: Node): Node {
  const { description, default: preset, ...rest } = node;
  const about = {
    ...(description === undefined ? {} : { description }),
    ...(preset === undefined ? {} : { default: preset }),
  };
  const reference: Node = { $ref: "#/$defs/variable" };
  if (rest.anyOf !== undefined) {
    return { ...about, anyOf: [...rest.anyOf, reference] };
  }
  const strict = rest.enum !== undefined || rest.pattern !== undefined;
  if (strict || rest.type === "number" || rest.type === "integer" || rest.type === "boolean") {
    return { ...about, anyOf: [rest, reference] };
  }
  return {
    ...about,
    ...rest,
    ...(rest.properties === undefined ? {} : { properties: mapValues(rest.properties) }),
    ...(typeof rest.items === "object" && !Array.isArray(rest.items) ? { items: inner(rest.items) } : {}),
    ...(rest.oneOf === undefined ? {} : { oneOf: rest.oneOf.map(inner) }),
  };
}

function inner(node: Node | boolean): Node {
  return typeof node === "boolean" ? {} : allowVariables(node);
}

function mapValues(properties: Readonly<Record<string, Node | boolean>>) {
  return Object.fromEntries(Object.entries(properties).map(([key, node]) => [key, inner(node)]));
}
