/** A resource as a line of the dump holds it. */
export interface Line extends Json {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: { readonly versionId: string; readonly lastUpdated: string };
}

/** Parsed JSON with members. */
export interface Json {
  readonly [member: string]: unknown;
}

/** One subject of the dump: what is current about the patient, and not in error. */
export interface Dossier {
  readonly subject: Line;
  readonly patient: Line | undefined;
  readonly records: readonly Line[];
}

/** What a dump holds. */
export interface Dump {
  readonly dossiers: readonly Dossier[];
  /** The current version of `Type/id`, in error or not. */
  readonly current: (key: string | undefined) => Line | undefined;
  /** All versions of `Type/id`, the oldest first. */
  readonly versions: (key: string) => readonly Line[];
}

const base = 'https://her2-cart.example.org/fhir';

/** Canonical of a local code system. */
export const codeSystem = (name: string): string => `${base}/CodeSystem/h2c-${name}`;
/** Canonical of a local extension. */
export const extensionUrl = (name: string): string => `${base}/StructureDefinition/h2c-${name}`;
/** Canonical of an extension of the adverse event guide. */
export const guideUrl = (name: string): string =>
  `http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/${name}`;

/** NCI Thesaurus. */
export const ncit = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl';
/** LOINC. */
export const loinc = 'http://loinc.org';
/** SNOMED CT. */
export const snomed = 'http://snomed.info/sct';

/** Reads the lines of a dump: every version of what is not deleted, in any order. */
export function readDump(lines: readonly string[]): Dump {
  const byKey = new Map<string, Line[]>();
  for (const line of lines) {
    const resource = JSON.parse(line) as Line;
    const key = `${resource.resourceType}/${resource.id}`;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [resource]);
    else known.push(resource);
  }
  for (const versions of byKey.values()) {
    versions.sort((a, b) => Number(a.meta.versionId) - Number(b.meta.versionId));
  }
  const current = (key: string | undefined) =>
    key === undefined ? undefined : byKey.get(key)?.at(-1);
  const all = [...byKey.values()].flatMap((versions) => versions.at(-1) ?? []);
  const byPatient = Map.groupBy(all.filter(isRead), (line) => patientOf(line, current) ?? '');
  const subjects = all
    .filter((line) => line.resourceType === 'ResearchSubject')
    .filter((line) => referenceOf(line['study']) === 'ResearchStudy/nct01935843');
  return {
    current,
    versions: (key) => byKey.get(key) ?? [],
    dossiers: subjects.map((subject) => {
      const patientKey = referenceOf(subject['individual']);
      return {
        subject,
        patient: current(patientKey),
        records: byPatient.get(patientKey ?? '') ?? [],
      };
    }),
  };
}

/** A safety report belongs to the patient of the event that it is about. */
function patientOf(line: Line, current: Dump['current']): string | undefined {
  if (line.resourceType === 'Communication') {
    const event = objects(line['about']).map(referenceOf).map(current).find(Boolean);
    return referenceOf(event?.['subject']);
  }
  return referenceOf(line['subject']) ?? referenceOf(line['patient']);
}

const finals = new Set<unknown>(['final', 'amended', 'corrected']);

/** "Entered in error removes a record from every rule"; of Observations only final ones are read. */
export function isRead(line: Line): boolean {
  switch (line.resourceType) {
    case 'Observation':
      return finals.has(line['status']);
    case 'AdverseEvent':
      return !objects(line['modifierExtension']).some(
        (one) => one['url'] === guideUrl('status') && one['valueCode'] === 'entered-in-error',
      );
    case 'Condition':
      return !hasCode(line['verificationStatus'], undefined, 'entered-in-error');
    case 'BodyStructure':
      return line['active'] !== false;
    default:
      return line['status'] !== 'entered-in-error';
  }
}

/** The members of a list that are objects; of what is no list none. */
export function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Whether a value has members. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What lies under a path of members; undefined when it leads nowhere. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

/** The value when it is text. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value when it is a number. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The `Type/id` of a reference, without version and base. */
export function referenceOf(reference: unknown): string | undefined {
  const parts = text(at(reference, 'reference'))?.split('/_history/')[0]?.split('/');
  return parts === undefined ? undefined : parts.slice(-2).join('/');
}

/** Whether a CodeableConcept has the code; of any system when that is undefined. */
export function hasCode(concept: unknown, system: string | undefined, code: string): boolean {
  return codings(concept).some(
    (one) => one['code'] === code && (system === undefined || one['system'] === system),
  );
}

/** The code that a CodeableConcept has of a system. */
export function codeIn(concept: unknown, system: string): string | undefined {
  return text(codings(concept).find((one) => one['system'] === system)?.['code']);
}

/** The codings of a CodeableConcept. */
export function codings(concept: unknown): readonly Json[] {
  return objects(at(concept, 'coding'));
}

/** The first extension of a url. */
export function extension(holder: unknown, url: string): Json | undefined {
  return objects(at(holder, 'extension')).find((one) => one['url'] === url);
}

/** The component with a code. */
export function component(line: Line, system: string, code: string): Json | undefined {
  return objects(line['component']).find((one) => hasCode(one['code'], system, code));
}

/** The observations with a code. */
export function observations(
  { records }: Dossier,
  system: string,
  ...codes: readonly string[]
): readonly Line[] {
  return records.filter(
    (line) =>
      line.resourceType === 'Observation' &&
      codes.some((code) => hasCode(line['code'], system, code)),
  );
}

/** The records of a type. */
export function ofType({ records }: Dossier, type: string): readonly Line[] {
  return records.filter(({ resourceType }) => resourceType === type);
}
