import type { Runtime } from "../../fleet/index.ts";

/** What the identities begin with of runtimes that came without an id. */
const byResource = "resource:";

/** What tells a runtime from all others: its id, or else its resource; undefined where the API told neither. */
export function identityOf({ id, resourceId }: Runtime): string | undefined {
  return id || (resourceId ? resourceIdentity(resourceId) : undefined);
}

export function resourceIdentity(resourceId: string): string {
  return `${byResource}${resourceId}`;
}

/** The resource of an identity that is no id; undefined for an id. */
export function resourceOf(identity: string): string | undefined {
  return identity.startsWith(byResource) ? identity.slice(byResource.length) : undefined;
}
