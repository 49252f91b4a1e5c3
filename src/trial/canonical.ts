/** The base of every canonical that this implementation guide publishes. */
const base = 'https://her2-cart.example.org/fhir';

/** The reference to the one study of this server. */
export const studyReference = 'ResearchStudy/nct01935843';

/** Returns the canonical of the profile or extension `h2c-<name>`. */
export function profile(name: string): string {
  return `${base}/StructureDefinition/h2c-${name}`;
}

/** Returns the canonical of the code system `h2c-<name>`. */
export function codeSystem(name: string): string {
  return `${base}/CodeSystem/h2c-${name}`;
}

/** Returns the canonical of the value set `h2c-<name>`. */
export function valueSet(name: string): string {
  return `${base}/ValueSet/h2c-${name}`;
}

/** Returns the identifier system `<name>` of this server; with an empty name what all of them begin with. */
export function sid(name: string): string {
  return `${base}/sid/${name}`;
}

/** The canonical of the plan of all visits, without a version. */
export const protocolPlan = `${base}/PlanDefinition/h2c-protocol-plan`;

/** Returns the canonical of the measure `h2c-<name>`. */
export function measureCanonical(name: string): string {
  return `${base}/Measure/h2c-${name}`;
}
