import { z } from "zod";

const entrySchema = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
  dev: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});

const lockSchema = z.looseObject({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), entrySchema),
});

/** package-lock.json: the project itself stands under "", its packages under the folders that they are installed in. */
export type LockFile = z.infer<typeof lockSchema>;

/** Reads the text of a lock file. Throws when it is none of npm's present form. */
export function readLockFile(text: string): LockFile {
  return lockSchema.parse(JSON.parse(text));
}

/** The packages that are installed with the package, each with the folder of it. */
export function shippedPackages({ packages }: LockFile): LockFile["packages"] {
  return Object.fromEntries(Object.entries(packages).filter(([folder, { dev }]) => folder !== "" && dev !== true));
}

/** The same lock file without what development needs. */
export function shippedLock(lock: LockFile): LockFile {
  const { devDependencies: _, ...project } = lock.packages[""] ?? {};
  return { ...lock, packages: { "": project, ...shippedPackages(lock) } };
}
