import { describe, test } from "vitest";
import type { Driver } from "./driver.ts";
import { accessScenarios } from "./scenarios/access.ts";
import { auditScenarios } from "./scenarios/audit.ts";
import { deliveryScenarios } from "./scenarios/deliveries.ts";
import { failingScenarios } from "./scenarios/failing.ts";
import { fileScenarios } from "./scenarios/files.ts";
import { listScenarios } from "./scenarios/lists.ts";
import { secretScenarios } from "./scenarios/secrets.ts";
import { slowScenarios } from "./scenarios/slow.ts";
import { untrustedScenarios } from "./scenarios/untrusted.ts";

/** What every channel must do, tried on one of them. What its platform does not have is skipped, and listed. */
export function conformance(driver: Driver): void {
  describe(driver.name, () => {
    for (const [need, reason] of Object.entries(driver.lacks)) {
      test.skip(`there is nothing to try of ${need}: ${reason}`, () => {});
    }
    listScenarios(driver);
    slowScenarios(driver);
    deliveryScenarios(driver);
    accessScenarios(driver);
    auditScenarios(driver);
    untrustedScenarios(driver);
    fileScenarios(driver);
    failingScenarios(driver);
    secretScenarios(driver);
  });
}
