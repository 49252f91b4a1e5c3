import type { StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.ts';
import type { Terminology } from '../definitions/terminology.ts';
import type { CompileFhirPath } from '../fhirpath/fhirpath.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { ElementNode } from './element-tree.ts';
import type { ObjectCheck, Pass } from './pass.ts';

/** What every compiled check is made from; each part is compiled on first use and kept. */
export interface Compiler {
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  readonly compileFhirPath: CompileFhirPath;
  /** The tree of a definition, by canonical or R4 type; undefined when it is unknown or has none. */
  readonly tree: (canonicalOrType: string) => ElementNode | undefined;
  /** The rules of a base type: everything that holds without any profile. */
  readonly typeCheck: (type: string) => ObjectCheck | undefined;
  /** A compiler that also knows `structure`, to try it before it is stored. */
  readonly with: (structure: StructureDefinition) => Compiler;
  /** What a profile demands beyond the base type. */
  readonly profileCheck: (canonical: string) => ProfileCheck | undefined;
}

/** The rules of a profile on top of those of its type. */
export interface ProfileCheck {
  readonly url: string;
  readonly type: string;
  readonly check: ValueCheck;
  /** Rules that could not be compiled, in words; they are not checked. */
  readonly problems: readonly string[];
}

/** Checks a value of any type; `sibling` has the id and extensions of a primitive. */
export type ValueCheck = (occurrence: Occurrence, pass: Pass) => void;

/** One value of an element, as a profile or a discriminator looks at it. */
export interface Occurrence {
  /** Undefined where a primitive has only an id or extensions. */
  readonly value: JsonValue | undefined;
  readonly sibling: JsonObject | undefined;
  /** The type that the JSON name says (`Quantity` of `valueQuantity`); empty when it does not matter. */
  readonly type: string;
}
