import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Folders whose tests mostly wait for processes, browsers and clocks. Their files may be short, which tells vitest little. */
const waiting = /\/test\/(?:browser|conformance|doctor|e2e|promises|scripts|soak|store)\//;

/**
 * Begins with what mostly waits, so that what computes runs beside it, and no long file is left for the end when nothing else is
 * there to do.
 */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification) => Number(waiting.test(moduleId));
    return (await super.sort(files)).toSorted((one, other) => waits(other) - waits(one));
  }
}
