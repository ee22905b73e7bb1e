import { z } from "zod";

const bomSchema = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string(), purl: z.string() }) }),
  components: z.array(z.looseObject({ name: z.string(), version: z.string() })).min(1),
});

/** The bill of materials as `npm sbom` prints it, under the name of the project and not that of the folder that it lies in. */
export function billOfMaterials(printed: string): string {
  const bom = bomSchema.parse(JSON.parse(printed));
  const { component } = bom.metadata;
  const named = { ...component, type: "application", name: "deskhand" };
  return `${JSON.stringify({ ...bom, metadata: { ...bom.metadata, component: named } }, undefined, 2)}\n`;
}
