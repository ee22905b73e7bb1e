import { parse } from "protobufjs";
import { z } from "zod";

// As much of opentelemetry-proto (trace/v1/trace.proto and what it needs) as a test reads; other fields are passed over. Its
// whole numbers are small here.
const proto = `
syntax = "proto3";
message Request { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { repeated Span spans = 2; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
  repeated KeyValue attributes = 9;
  repeated Link links = 13; Status status = 15;
}
message Link { bytes trace_id = 1; bytes span_id = 2; }
message Status { int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int32 int_value = 3; double double_value = 4; } }
`;

const requestType = parse(proto, { keepCase: false }).root.lookupType("Request");

const hex = z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString("hex"));
const anyValue = z
  .object({
    stringValue: z.string().optional(),
    boolValue: z.boolean().optional(),
    intValue: z.coerce.number().optional(),
    doubleValue: z.number().optional(),
  })
  .transform((value) => Object.values(value).find((one) => one !== undefined));
const attributes = z
  .array(z.object({ key: z.string(), value: anyValue }))
  .default([])
  .transform((pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, value])));
const spanSchema = z.object({
  traceId: hex,
  spanId: hex,
  parentSpanId: hex.optional().transform((id) => (id === "" ? undefined : id)),
  name: z.string(),
  kind: z.number(),
  attributes,
  links: z.array(z.object({ traceId: hex, spanId: hex })).default([]),
  status: z.object({ code: z.number().default(0) }).default({ code: 0 }),
});
const requestSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema).default([]) })).default([]),
    }),
  ),
});

/** A span as it was sent, with what is known of its sender. */
export type ReceivedSpan = z.output<typeof spanSchema> & { readonly resource: Readonly<Record<string, unknown>> };

/** Reads what an exporter sends. Throws at what is no request. */
export function decode(body: Uint8Array): readonly ReceivedSpan[] {
  const message = requestType.toObject(requestType.decode(body));
  return requestSchema
    .parse(message)
    .resourceSpans.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, resource: resource.attributes }))),
    );
}
