import { compileFhirPath } from '../fhir/fhirpath/compile.ts';
import type { FhirPathEnvironment } from '../fhir/fhirpath/fhirpath.ts';
import type { JsonValue } from '../fhir/json/json-value.ts';
import type { Terminology } from '../fhir/definitions/terminology.ts';
import type { Zone } from './local-time.ts';
import type { ProtocolParameters } from './protocol-parameters.ts';
import type { ProtocolPlan } from './protocol-plan.ts';
import type { TrialRecord } from './subject-records.ts';

/** The trial as its resources say it, of one moment: every rule reads its numbers and visits here. */
export interface Trial {
  /** The ResearchStudy. */
  readonly study: TrialRecord;
  readonly parameters: ProtocolParameters;
  /** The Basic resource that holds the parameters. */
  readonly parametersRecord: TrialRecord;
  readonly plan: ProtocolPlan;
  /** Of PP-01. */
  readonly zone: Zone;
  readonly terminology: Terminology;
  /** It holds while its change key has not advanced beyond this; undefined of a trial that no store keeps. */
  readonly sequence?: number;
  /** Whether a condition of the plan holds; one that cannot be read never does. */
  readonly holds: (condition: string, variables: ReadonlyMap<string, JsonValue>) => boolean;
}

/** Returns a function that evaluates the conditions of a plan, each compiled once. */
export function createConditions(environment: FhirPathEnvironment): Trial['holds'] {
  const compiled = new Map<string, ReturnType<typeof compileFhirPath>>();
  return (condition, variables) => {
    const known = compiled.get(condition) ?? compileFhirPath(condition, 'Basic', environment);
    compiled.set(condition, known);
    const resource = { resourceType: 'Basic' };
    return known.ok && known.value.holds({ value: resource, resource, variables });
  };
}
