import { expect, it } from "vitest";
import { z } from "zod";
import { documentsOf, secondsToEnd } from "./files.ts";

const list = z.array(z.string());
const service = z.strictObject({
  image: z.string(),
  build: z.literal(".").optional(),
  restart: z.literal("unless-stopped"),
  depends_on: z.record(z.string(), z.object({ condition: z.literal("service_healthy") })).optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()),
  ports: list.optional(),
  volumes: list.optional(),
  read_only: z.literal(true),
  tmpfs: list,
  cap_drop: z.tuple([z.literal("ALL")]),
  cap_add: list.optional(),
  security_opt: z.tuple([z.literal("no-new-privileges:true")]),
  pids_limit: z.number().optional(),
  mem_limit: z.string().optional(),
  healthcheck: z
    .strictObject({
      test: list,
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
      start_period: z.string(),
    })
    .optional(),
  stop_grace_period: z.string().regex(/^\d+s$/),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }),
});
const compose = z.strictObject({
  name: z.literal("deskhand"),
  services: z.strictObject({ deskhand: service, database: service }),
  volumes: z.record(z.string(), z.null()),
});

const read = async () => compose.parse((await documentsOf("compose.yaml"))[0]);

it("both services run read-only, without rights, and come back when they end", async () => {
  const { services } = await read();
  expect(services.deskhand.cap_add).toBeUndefined();
  expect(services.database.healthcheck?.test.join(" ")).toContain("pg_isready");
  expect(services.deskhand.depends_on).toEqual({ database: { condition: "service_healthy" } });
});

it("the bot keeps its store in the database, whose password is nowhere in the file", async () => {
  const { services, volumes } = await read();
  const asked = "${POSTGRES_PASSWORD:?";
  expect(services.deskhand.environment.DESKHAND_STORE).toMatch(
    /^postgres:\/\/deskhand:\$\{POSTGRES_PASSWORD:\?[^}]*\}@database:5432\/deskhand$/,
  );
  expect(services.database.environment.POSTGRES_PASSWORD?.startsWith(asked)).toBe(true);
  expect(services.database.volumes?.map((one) => one.split(":")[0])).toEqual(Object.keys(volumes));
});

it("the playground is published to this machine alone, and the bot has the time to end", async () => {
  const { deskhand } = (await read()).services;
  expect(deskhand.ports).toEqual(["127.0.0.1:8080:8080"]);
  expect(Number.parseInt(deskhand.stop_grace_period, 10)).toBeGreaterThan(await secondsToEnd());
});
