// Which folder may import which: downwards only, and through the front door. `npm run imports` checks it.

/** A folder of src, and the folders of src that it may import. A new folder begins here. */
const floors = {
  telemetry: [],
  network: [],
  tracing: ["network", "telemetry"],
  doctor: ["network"],
  fleet: [],
  simulator: [],
  http: ["doctor", "telemetry"],
  commands: ["fleet"],
  config: ["commands", "doctor", "fleet", "network"],
  appstream: ["doctor", "fleet", "network", "telemetry"],
  cards: ["commands", "fleet"],
  bot: ["cards", "commands", "fleet", "telemetry"],
  platform: ["bot", "fleet", "network", "telemetry"],
  export: ["bot", "cards", "commands", "fleet", "platform"],
  alerts: ["bot", "cards", "commands", "fleet", "telemetry"],
  store: ["alerts", "bot", "commands", "doctor", "fleet", "telemetry"],
};
floors.parts = Object.keys(floors);

/** The one folder of src that knows the adapters: it makes what app.ts puts together. */
const knowsAdapters = "parts";

/** What an adapter may import of src. */
const forAdapters = ["bot", "cards", "commands", "doctor", "fleet", "network", "platform", "telemetry"];

/** The packages without input and output that the pure folders may use. */
const purePackages = ["fastest-levenshtein", "lru-cache", "zod"];

const anyOf = (names) => `(?:${names.join("|")})`;
const srcFolder = (names) => `^src/${anyOf(names)}/`;

const floorRules = Object.entries(floors).map(([folder, below]) => ({
  name: `floor-of-${folder}`,
  comment: `src/${folder} may import ${below.length === 0 ? "no other folder" : `only ${below.join(", ")}`}.`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: {
    path: "^(?:src|adapters|test|bench|soak|scripts)/",
    pathNot: [srcFolder([folder, ...below]), ...(folder === knowsAdapters ? ["^adapters/"] : [])],
  },
}));

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: "known-folder",
      comment: "A folder of src stands on a floor: name it in the table at the top of .dependency-cruiser.cjs.",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: srcFolder(Object.keys(floors)) },
      to: {},
    },
    {
      name: "floor-of-app",
      comment: "src/app.ts builds the parts; the command line is above it.",
      severity: "error",
      from: { path: "^src/app\\.ts$" },
      to: { path: "^src/[^/]+\\.ts$|^(?:test|bench|soak|scripts)/" },
    },
    {
      name: "floor-of-adapters",
      comment: `An adapter imports only ${forAdapters.join(", ")}, and no other adapter.`,
      severity: "error",
      from: { path: "^adapters/([^/]+)/" },
      to: {
        path: "^(?:src|adapters|test|bench|soak|scripts)/",
        pathNot: ["^adapters/$1/", srcFolder(forAdapters)],
      },
    },
    {
      name: "front-door",
      comment: "A folder is entered by its index.ts.",
      severity: "error",
      from: { path: "^(src|adapters)/([^/]+)/" },
      to: { path: "^(?:src|adapters)/[^/]+/.", pathNot: ["^$1/$2/", "^(?:src|adapters)/[^/]+/index\\.ts$"] },
    },
    {
      name: "front-door-from-the-top",
      comment: "A folder is entered by its index.ts.",
      severity: "error",
      from: { path: "^src/[^/]+\\.ts$" },
      to: { path: "^(?:src|adapters)/[^/]+/.", pathNot: "^(?:src|adapters)/[^/]+/index\\.ts$" },
    },
    {
      name: "pure-folders-have-no-io",
      comment: "src/fleet and src/commands compute; files, sockets and timers belong to others.",
      severity: "error",
      from: { path: "^src/(?:fleet|commands)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-folders-have-few-packages",
      comment: `src/fleet and src/commands use only ${purePackages.join(", ")}.`,
      severity: "error",
      from: { path: "^src/(?:fleet|commands)/" },
      to: { path: "(?:^|/)node_modules/", pathNot: `(?:^|/)node_modules/${anyOf(purePackages)}/` },
    },
    {
      name: "cloud-sdk-in-appstream",
      comment: "Only src/appstream knows the SDK of Alibaba Cloud.",
      severity: "error",
      from: { pathNot: "^src/appstream/" },
      to: { path: "(?:^|/)node_modules/@alicloud/" },
    },
    {
      name: "page-runs-in-a-browser",
      comment: "The playground's page has no Node beneath it.",
      severity: "error",
      from: { path: "^adapters/playground/page/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-circle",
      comment: "Modules that need each other are one module, or have a third one between them.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "What is imported exists.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "shipped-packages",
      comment: "What runs in production is listed under dependencies.",
      severity: "error",
      from: { path: "^(?:src|adapters)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    // Without swc this tool cannot read the TypeScript of this project: it would see no module and report success.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
