import { describe, expect, test } from "vitest";
import type { Environment } from "../../src/config/index.ts";
import { tracingOf } from "../../src/config/tracing.ts";

function read(environment: Environment) {
  const { settings, problems } = tracingOf(environment);
  const headers = Object.entries(settings?.headers ?? {}).map(([name, value]) => [name, value.reveal()]);
  return { url: settings?.url.reveal(), headers, resource: settings?.resource, ratio: settings?.ratio, problems };
}

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };

describe("traces are sent", () => {
  test.each([
    ["where an address is set", endpoint, "http://collector:4318/v1/traces"],
    ["to an address with a slash", { OTEL_EXPORTER_OTLP_ENDPOINT: "https://c/otlp/" }, "https://c/otlp/v1/traces"],
    [
      "to the address for traces as it is",
      { ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://t/x" },
      "http://t/x",
    ],
    ["where the exporter is named", { OTEL_TRACES_EXPORTER: "otlp" }, "http://localhost:4318/v1/traces"],
  ])("%s", (_, environment, url) => {
    expect(read(environment)).toMatchObject({ url, problems: [] });
  });
});

describe("nothing is sent", () => {
  test.each([
    ["without any variable", {}],
    ["with an empty one", { OTEL_EXPORTER_OTLP_ENDPOINT: " " }],
    ["where OpenTelemetry is switched off", { ...endpoint, OTEL_SDK_DISABLED: "TRUE" }],
    ["where no exporter is wanted", { ...endpoint, OTEL_TRACES_EXPORTER: "none" }],
  ])("%s, and nothing is said", (_, environment) => {
    expect(read(environment)).toMatchObject({ url: undefined, problems: [] });
  });

  test.each([
    ["another protocol", { ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, "http/protobuf"],
    ["what is no address", { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" }, "OTEL_EXPORTER_OTLP_ENDPOINT"],
    ["another exporter", { ...endpoint, OTEL_TRACES_EXPORTER: "console" }, "OTEL_TRACES_EXPORTER"],
  ])("with %s, and it is said what to set", (_, environment, word) => {
    const { url, problems } = read(environment);
    expect([url, problems.length]).toEqual([undefined, 1]);
    expect(problems[0]).toContain(word);
  });
});

test("headers are secret, and those for traces go before those for everything", () => {
  const environment = {
    ...endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=one, authorization=Bearer%20two ,odd",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "api-key=three==",
  };
  expect(read(environment).headers).toEqual([
    ["api-key", "three=="],
    ["authorization", "Bearer two"],
  ]);
  expect(JSON.stringify(tracingOf(environment))).not.toMatch(/two|three|collector/);
});

test("the service is deskhand unless another name or other attributes are given", () => {
  expect(read(endpoint).resource).toEqual({ "service.name": "deskhand" });
  const attributes = "deployment.environment.name=prod,service.name=one";
  expect(read({ ...endpoint, OTEL_RESOURCE_ATTRIBUTES: attributes }).resource).toEqual({
    "deployment.environment.name": "prod",
    "service.name": "one",
  });
  const both = { ...endpoint, OTEL_RESOURCE_ATTRIBUTES: attributes, OTEL_SERVICE_NAME: "two" };
  expect(read(both).resource).toMatchObject({ "service.name": "two" });
});

test.each([
  ["always_on", undefined, 1, 0],
  ["parentbased_always_off", undefined, 0, 0],
  ["traceidratio", "0.25", 0.25, 0],
  ["parentbased_traceidratio", undefined, 1, 0],
  ["traceidratio", "2", 1, 1],
  ["jaeger_remote", undefined, 1, 1],
])("the sampler %s with %s records a share of %s", (sampler, argument, ratio, said) => {
  const environment = { ...endpoint, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument };
  const { problems, ...rest } = read(environment);
  expect([rest.ratio, problems.length]).toEqual([ratio, said]);
});
