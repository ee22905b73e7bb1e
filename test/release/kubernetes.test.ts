import { readdir } from "node:fs/promises";
import { Deployment } from "kubernetes-models/apps/v1";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Service } from "kubernetes-models/v1";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { configOf } from "../config/read.ts";
import { documentsOf, secondsToEnd, textOf, variablesWithout } from "./files.ts";

const folder = "deploy/kubernetes";
const object = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
type KubernetesObject = z.infer<typeof object>;

let objects: readonly KubernetesObject[];

beforeAll(async () => {
  const { resources } = z
    .object({ resources: z.array(z.string()) })
    .parse((await documentsOf(`${folder}/kustomization.yaml`))[0]);
  const there = await readdir(new URL(`../../${folder}/`, import.meta.url));
  expect([...resources, "kustomization.yaml"].toSorted()).toEqual(there.toSorted());
  const documents = await Promise.all(resources.map((name) => documentsOf(`${folder}/${name}`)));
  objects = documents.flat().map((one) => object.parse(one));
});

const find = (kind: string, name = "deskhand") =>
  objects.find((one) => one.kind === kind && one.metadata.name === name) ?? { kind, metadata: { name: "none" } };

/** By the models of Kubernetes' own API description. Throws what is wrong. */
function check(one: KubernetesObject): void {
  const models = { ConfigMap, Deployment, NetworkPolicy, PodDisruptionBudget, Service };
  const known = z.enum(["ConfigMap", "Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service"]).parse(one.kind);
  const model = new models[known](one);
  model.validate();
  expect({ apiVersion: model.apiVersion, kind: model.kind }).toEqual({ apiVersion: one.apiVersion, kind: one.kind });
}

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) });
const podSchema = z.object({
  terminationGracePeriodSeconds: z.number(),
  automountServiceAccountToken: z.boolean(),
  securityContext: z.looseObject({ runAsNonRoot: z.boolean() }),
  containers: z.tuple([
    z.looseObject({
      args: z.array(z.string()),
      envFrom: z.array(z.object({ secretRef: z.object({ name: z.string() }) })),
      ports: z.tuple([z.object({ name: z.string(), containerPort: z.number() })]),
      livenessProbe: probe,
      readinessProbe: probe,
      startupProbe: probe,
      lifecycle: z.object({ preStop: z.object({ sleep: z.object({ seconds: z.number() }) }) }),
      resources: z.object({ requests: z.record(z.string(), z.string()), limits: z.record(z.string(), z.string()) }),
      securityContext: z.looseObject({ readOnlyRootFilesystem: z.boolean(), allowPrivilegeEscalation: z.boolean() }),
      volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
    }),
  ]),
});
const deploymentSchema = z.looseObject({
  spec: z.looseObject({
    replicas: z.number(),
    minReadySeconds: z.number(),
    strategy: z.object({ rollingUpdate: z.object({ maxSurge: z.number(), maxUnavailable: z.number() }) }),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()) }), spec: podSchema }),
  }),
});
const deployment = () => deploymentSchema.parse(find("Deployment")).spec;
const pod = () => deployment().template.spec;
const configText = () =>
  z.looseObject({ data: z.object({ "app.yaml": z.string() }) }).parse(find("ConfigMap")).data["app.yaml"];

const secret: Readonly<Record<string, string>> = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: "key",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret",
  LARK_APP_ID: "cli_1",
  LARK_APP_SECRET: "secret",
  DESKHAND_STORE: "postgres://deskhand:p@database:5432/deskhand",
};

describe("the manifests for Kubernetes", () => {
  it("are what the API of Kubernetes takes, each of its kind", () => {
    expect(objects.map(({ kind }) => kind)).toEqual([
      "ConfigMap",
      "Deployment",
      "Service",
      "Service",
      "PodDisruptionBudget",
      "NetworkPolicy",
    ]);
    for (const one of objects) check(one);
    expect(() => check({ ...find("Deployment"), spec: { replicas: "three" } })).toThrow();
  });

  it("hold a configuration that is valid, with the Secret of the instructions and nothing beside it", async () => {
    const text = configText();
    expect(variablesWithout(text).toSorted()).toEqual(Object.keys(secret).toSorted());
    const config = configOf(text, secret);
    expect([config.store.url.kind, config.channels.playground.enabled]).toEqual(["postgres", false]);
    const instructions = await textOf("docs/install.md");
    for (const name of Object.keys(secret)) expect(instructions).toContain(`--from-literal=${name}=`);
    expect(pod().containers[0].envFrom).toEqual([{ secretRef: { name: "deskhand" } }]);
  });

  it("probe the paths and the port that the bot has: life alone restarts it, readiness holds up a rollout", () => {
    const [container] = pod().containers;
    const config = configOf(configText(), secret);
    expect(container.ports).toEqual([{ name: "http", containerPort: config.http.port }]);
    expect(config.http.host).toBe("0.0.0.0");
    expect(
      [container.livenessProbe, container.startupProbe, container.readinessProbe].map(({ httpGet }) => httpGet),
    ).toEqual(["/healthz", "/healthz", "/readyz"].map((path) => ({ path, port: "http" })));
  });

  it("replace one replica at a time, never leave fewer than three, and wait longer than a lease lasts", () => {
    const { replicas, minReadySeconds, strategy } = deployment();
    expect([replicas, strategy.rollingUpdate]).toEqual([3, { maxSurge: 1, maxUnavailable: 0 }]);
    expect(minReadySeconds).toBeGreaterThan(10);
    expect(find("PodDisruptionBudget")).toMatchObject({ spec: { minAvailable: replicas - 1 } });
  });

  it("give the bot the time to end after the wait before the signal", async () => {
    const { terminationGracePeriodSeconds, containers } = pod();
    expect(terminationGracePeriodSeconds).toBeGreaterThan(
      containers[0].lifecycle.preStop.sleep.seconds + (await secondsToEnd()),
    );
  });

  it("give it no rights, a disk that it cannot write, and a folder for its files", () => {
    const { securityContext, automountServiceAccountToken, containers } = pod();
    const [container] = containers;
    expect([securityContext.runAsNonRoot, automountServiceAccountToken]).toEqual([true, false]);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(["/etc/deskhand", "/tmp"]);
    expect(container.args).toEqual(["start", "--config", "/etc/deskhand/app.yaml"]);
  });

  it("select the pods that the deployment makes", () => {
    const { selector, template } = deployment();
    const wanted = { "app.kubernetes.io/name": "deskhand" };
    expect([selector.matchLabels, template.metadata.labels]).toEqual([wanted, wanted]);
    expect([find("Service"), find("Service", "deskhand-metrics")]).toMatchObject([
      { spec: { selector: wanted } },
      { spec: { selector: wanted } },
    ]);
    expect([find("PodDisruptionBudget"), find("NetworkPolicy")]).toMatchObject([
      { spec: { selector: { matchLabels: wanted } } },
      { spec: { podSelector: { matchLabels: wanted } } },
    ]);
  });
});
