import type { ElementDefinition } from '@medplum/fhirtypes';
import { isJsonObject } from '../json/json-value.ts';
import type { Occurrence } from './compiler.ts';
import { compileSteps, nodesAt, valuesAt, type Step } from './discriminator-path.ts';
import { choiceValue, type ElementNode } from './element-tree.ts';
import type { Placed } from './occurrence.ts';
import { tried, type Pass } from './pass.ts';
import type { ProfileScope } from './profile-scope.ts';
import { actualType } from './profile-type.ts';
import { targetsOf } from './reference-type.ts';
import { satisfies } from './satisfy.ts';
import { compileValueMatch } from './value-match.ts';

/** Returns the number of the slice that takes a value, -1 when none does. */
export type Assign = (placed: Placed, pass: Pass) => number;

/** Whether the values that a discriminator leads to are those of a slice. */
type Match = (values: readonly Occurrence[], pass: Pass, placed: Placed) => boolean;

type Discriminator = NonNullable<
  NonNullable<ElementDefinition['slicing']>['discriminator']
>[number];

/** A discriminator, compiled for every slice; `byText` where one text tells each slice. */
interface Compiled {
  readonly steps: readonly Step[];
  readonly matches: readonly Match[];
  readonly byText: ReadonlyMap<unknown, number> | undefined;
}

/**
 * Compiles the discriminators of a slicing: a value is in the first slice for which all of them say
 * yes, else in `@default` when there is one.
 *
 * @see https://hl7.org/fhir/R4/profiling.html#discriminator
 */
export function compileAssign(scope: ProfileScope, sliced: ElementNode, base: ElementNode): Assign {
  const discriminators = discriminatorsOf(sliced);
  if (discriminators.length === 0) {
    if (sliced.slices.length > 0) {
      scope.problems.push(`The slicing of ${sliced.path} has no discriminator.`);
    }
    return () => -1;
  }
  const fallback = sliced.slices.findIndex(({ sliceName }) => sliceName === '@default');
  const compiled = discriminators.map((each) =>
    compileDiscriminator(scope, { sliced, base }, each),
  );
  const [only] = compiled;
  if (only?.byText !== undefined && compiled.length === 1) {
    return byText(only.steps, only.byText, fallback);
  }
  return (placed, pass) => {
    const values = compiled.map(({ steps }) => valuesAt(steps, placed, pass));
    const taker = sliced.slices.findIndex(
      (_, slice) =>
        slice !== fallback &&
        compiled.every(({ matches }, at) => matches[slice]?.(values[at] ?? [], pass, placed)),
    );
    return taker < 0 ? fallback : taker;
  };
}

function byText(
  steps: readonly Step[],
  slices: ReadonlyMap<unknown, number>,
  fallback: number,
): Assign {
  return (placed, pass) => {
    for (const { value } of valuesAt(steps, placed, pass)) {
      const slice = slices.get(value);
      if (slice !== undefined) {
        return slice;
      }
    }
    return fallback;
  };
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
  { sliced, base }: { readonly sliced: ElementNode; readonly base: ElementNode },
  discriminator: Discriminator,
): Compiled {
  const steps = compileSteps(scope, sliced, base, discriminator.path);
  if (steps === undefined) {
    scope.problems.push(
      `The discriminator ${discriminator.path} of ${sliced.path} is not understood.`,
    );
    return { steps: [], matches: [], byText: undefined };
  }
  const slices = sliced.slices.map((slice) => ({ slice, nodes: nodesAt(scope, slice, steps) }));
  const type = discriminator.type as string;
  const isByValue = type === 'value' || type === 'pattern';
  return {
    steps,
    matches: slices.map((source, position) => matchOf(scope, { ...source, steps, type, position })),
    byText: isByValue ? textsOf(slices.map(({ nodes }) => nodes)) : undefined,
  };
}

/** The fixed text of each slice, when that is all that tells them. */
function textsOf(
  slices: readonly (readonly ElementNode[])[],
): ReadonlyMap<unknown, number> | undefined {
  const texts = slices.map((nodes) => {
    const [node] = nodes;
    const fixed =
      node && (choiceValue(node.definition, 'fixed') ?? choiceValue(node.definition, 'pattern'));
    return nodes.length === 1 && typeof fixed?.value === 'string' ? fixed.value : undefined;
  });
  const isComplete = texts.every((text) => text !== undefined);
  return isComplete && new Set(texts).size === texts.length
    ? new Map(texts.map((text, slice) => [text, slice]))
    : undefined;
}

interface MatchSource {
  readonly slice: ElementNode;
  readonly nodes: readonly ElementNode[];
  readonly steps: readonly Step[];
  readonly type: string;
  readonly position: number;
}

function matchOf(scope: ProfileScope, source: MatchSource): Match {
  const { nodes, steps, position } = source;
  const resolves = steps.at(-1)?.kind === 'resolve';
  switch (source.type) {
    case 'exists':
      return existsMatch(nodes);
    case 'type':
      return typeMatch(scope, resolves, nodes);
    case 'profile':
      return profileMatch(scope, resolves, nodes);
    case 'position':
      return (_values, _pass, placed) => placed.index === position;
    default:
      return valueMatch(scope, source.slice, nodes);
  }
}

function valueMatch(scope: ProfileScope, slice: ElementNode, nodes: readonly ElementNode[]): Match {
  const matches = nodes
    .map((node) => compileValueMatch(scope, node))
    .filter((match) => match !== undefined);
  const { sliceName = '', path } = slice;
  if (matches.length === 0 && sliceName !== '@default') {
    scope.problems.push(`Nothing tells the slice ${sliceName} of ${path} from other values.`);
  }
  return (values) =>
    matches.length > 0 && matches.every((match) => values.some((value) => match(value)));
}

function existsMatch(nodes: readonly ElementNode[]): Match {
  const isForbidden = nodes.some((node) => node.max === 0);
  const isDemanded = nodes.some((node) => node.min > 0);
  return (values) => (values.length > 0 ? !isForbidden : !isDemanded);
}

function typeMatch(
  { compiler }: ProfileScope,
  resolves: boolean,
  nodes: readonly ElementNode[],
): Match {
  const types = new Set(
    nodes.flatMap((node) =>
      node.types.flatMap(({ code, targetProfiles }) =>
        resolves ? targetsOf(compiler, targetProfiles).types : [code],
      ),
    ),
  );
  const isAny = types.size === 0 || types.has('Resource') || types.has('DomainResource');
  return (values) => values.some((value) => isAny || types.has(actualType(value)));
}

function profileMatch(
  { compiler }: ProfileScope,
  resolves: boolean,
  nodes: readonly ElementNode[],
): Match {
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
  return (values, pass) =>
    values.some((value) => profiles.some((canonical) => isSatisfied(value, pass, canonical)));
}
