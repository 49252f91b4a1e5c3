import type { ElementDefinition } from '@medplum/fhirtypes';
import { isJsonObject } from '../json/json-value.ts';
import type { Occurrence } from './compiler.ts';
import { compileSteps, nodesAt, valuesAt, type Step } from './discriminator-path.ts';
import type { ElementNode } from './element-tree.ts';
import type { Placed } from './occurrence.ts';
import { tried, type Pass } from './pass.ts';
import type { ProfileScope, SliceSource } from './profile-scope.ts';
import { actualType } from './profile-type.ts';
import { targetsOf } from './reference-type.ts';
import { satisfies } from './satisfy.ts';
import { compileValueMatch } from './value-match.ts';

/** Whether a value belongs to a slice; the pass stands at the value. */
export type Match = (placed: Placed, pass: Pass) => boolean;

type Discriminator = NonNullable<
  NonNullable<ElementDefinition['slicing']>['discriminator']
>[number];

/**
 * Compiles the discriminators of a slicing for one slice: all of them must say yes.
 *
 * @see https://hl7.org/fhir/R4/profiling.html#discriminator
 */
export function compileMatch(scope: ProfileScope, source: SliceSource): Match {
  const discriminators = discriminatorsOf(source.sliced);
  if (discriminators.length === 0) {
    scope.problems.push(`The slicing of ${source.sliced.path} has no discriminator.`);
    return () => false;
  }
  const matches = discriminators.map((each) => compileDiscriminator(scope, source, each));
  return (placed, pass) => matches.every((match) => match(placed, pass));
}

/** Extensions are sliced by URL and choices by type, also where a snapshot does not say so. */
function discriminatorsOf(sliced: ElementNode): readonly Discriminator[] {
  const declared = sliced.definition.slicing?.discriminator ?? [];
  if (declared.length > 0 || sliced.slices.length === 0) {
    return declared;
  }
  if (sliced.name.endsWith('[x]')) {
    return [{ type: 'type', path: '$this' }];
  }
  return sliced.types.some(({ code }) => code === 'Extension')
    ? [{ type: 'value', path: 'url' }]
    : [];
}

function compileDiscriminator(
  scope: ProfileScope,
  source: SliceSource,
  { type, path }: Discriminator,
): Match {
  const steps = compileSteps(scope, source, path);
  if (steps === undefined) {
    scope.problems.push(`The discriminator ${path} of ${source.sliced.path} is not understood.`);
    return () => false;
  }
  const nodes = nodesAt(scope, source.slice, steps);
  switch (type as string) {
    case 'exists':
      return existsMatch(steps, nodes);
    case 'type':
      return typeMatch(scope, steps, nodes);
    case 'profile':
      return profileMatch(scope, steps, nodes);
    case 'position':
      return (placed) => placed.index === source.position;
    default:
      return valueMatch(scope, { source, steps, nodes });
  }
}

interface ValueSource {
  readonly source: SliceSource;
  readonly steps: readonly Step[];
  readonly nodes: readonly ElementNode[];
}

function valueMatch(scope: ProfileScope, { source, steps, nodes }: ValueSource): Match {
  const matches = nodes
    .map((node) => compileValueMatch(scope, node))
    .filter((match) => match !== undefined);
  if (matches.length === 0) {
    const { sliceName = '', path } = source.slice;
    scope.problems.push(`Nothing tells the slice ${sliceName} of ${path} from other values.`);
    return () => false;
  }
  return (placed, pass) => {
    const values = valuesAt(steps, placed, pass);
    return matches.every((match) => values.some((value) => match(value)));
  };
}

function existsMatch(steps: readonly Step[], nodes: readonly ElementNode[]): Match {
  const isForbidden = nodes.some((node) => node.max === 0);
  const isDemanded = nodes.some((node) => node.min > 0);
  return (placed, pass) => {
    const exists = valuesAt(steps, placed, pass).length > 0;
    return exists ? !isForbidden : !isDemanded;
  };
}

function typeMatch(
  { compiler }: ProfileScope,
  steps: readonly Step[],
  nodes: readonly ElementNode[],
): Match {
  const resolves = steps.at(-1)?.kind === 'resolve';
  const types = new Set(
    nodes.flatMap((node) =>
      node.types.flatMap(({ code, targetProfiles }) =>
        resolves ? targetsOf(compiler, targetProfiles).types : [code],
      ),
    ),
  );
  const isAny = types.size === 0 || types.has('Resource') || types.has('DomainResource');
  return (placed, pass) =>
    valuesAt(steps, placed, pass).some((value) => isAny || types.has(actualType(value)));
}

function profileMatch(
  { compiler }: ProfileScope,
  steps: readonly Step[],
  nodes: readonly ElementNode[],
): Match {
  const resolves = steps.at(-1)?.kind === 'resolve';
  const profiles = nodes.flatMap((node) =>
    node.types.flatMap((type) => (resolves ? type.targetProfiles : type.profiles)),
  );
  const isSatisfied = (occurrence: Occurrence, pass: Pass, canonical: string) => {
    const { value } = occurrence;
    if (value === undefined) {
      return false;
    }
    const found = tried(pass, () => {
      if (isJsonObject(value) && value['resourceType'] !== undefined) {
        satisfies(compiler, value, canonical, pass);
      } else {
        compiler.profileCheck(canonical)?.check(occurrence, pass);
      }
    });
    return found.every(({ severity }) => severity !== 'error');
  };
  return (placed, pass) =>
    valuesAt(steps, placed, pass).some((value) =>
      profiles.some((canonical) => isSatisfied(value, pass, canonical)),
    );
}
