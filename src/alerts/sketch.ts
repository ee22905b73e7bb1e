import type { Runtime } from "../fleet/index.ts";

/**
 * A runtime as an episode keeps it: everything that cards show and filters match, without what is empty and without fields
 * that this version does not know. About half a kilobyte as JSON.
 */
export type Sketch = Runtime;
