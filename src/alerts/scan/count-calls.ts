import type { Fleet } from "../../fleet/index.ts";

/** A fleet that counts the calls that are made through it. */
export interface CountingFleet {
  readonly fleet: Fleet;
  /** So far; of a list whose reading failed, those of the page that failed alone are known. */
  calls(): number;
}

export function countCalls(fleet: Fleet): CountingFleet {
  let calls = 0;
  return {
    fleet: {
      async page(request, options) {
        const page = await fleet.page(request, options);
        calls += page.ok ? 1 : page.failure.attempts;
        return page;
      },
      async scan(request, fold, options) {
        const scan = await fleet.scan(request, fold, options);
        calls += scan.ok ? scan.value.calls : scan.failure.attempts;
        return scan;
      },
    },
    calls: () => calls,
  };
}
