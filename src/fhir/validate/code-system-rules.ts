import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { itemsOf } from './json-array.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/** The types of the properties that R4 defines, by the end of their URI. */
const standardTypes: ReadonlyMap<string, string> = new Map([
  ['status', 'code'],
  ['inactive', 'boolean'],
  ['effectiveDate', 'dateTime'],
  ['deprecated', 'dateTime'],
  ['deprecationDate', 'dateTime'],
  ['retirementDate', 'dateTime'],
  ['notSelectable', 'boolean'],
  ['parent', 'code'],
  ['child', 'code'],
  ['partOf', 'code'],
  ['comment', 'string'],
]);

const standard = 'http://hl7.org/fhir/concept-properties#';

/**
 * A supplement names its code system, its concepts are as many as it says; each property is declared once, and R4's own with R4's type.
 *
 * @see https://hl7.org/fhir/R4/codesystem.html#properties
 */
export const codeSystemRules: ObjectCheck = (codeSystem, pass) => {
  const isSupplement = codeSystem['content'] === 'supplement';
  if (isSupplement !== (codeSystem['supplements'] !== undefined)) {
    report(pass, {
      code: 'business-rule',
      rule: 'code-system-supplement',
      text: 'A code system names what it supplements if, and only if, its content is a supplement.',
    });
  }
  checkContent(codeSystem, pass);
  const codes = new Set<unknown>();
  const uris = new Set<unknown>();
  for (const [index, property] of itemsOf(codeSystem['property']).entries()) {
    if (isJsonObject(property)) {
      const child = `property[${index}]`;
      checkOnce(codes, property['code'], child, pass);
      checkOnce(uris, property['uri'], child, pass);
      checkType(property, child, pass);
    }
  }
};

function checkContent(codeSystem: JsonObject, pass: Pass): void {
  const { content, count, compositional } = codeSystem;
  const concepts = conceptsIn(codeSystem);
  if (content === 'not-present' && concepts > 0) {
    report(pass, {
      code: 'business-rule',
      rule: 'code-system-content',
      text: 'The code system says that none of its concepts are present, and has some.',
      child: 'concept[0]',
    });
  }
  if (content === 'complete' && compositional !== true && (count ?? concepts) !== concepts) {
    report(pass, {
      code: 'business-rule',
      rule: 'code-system-content',
      text: `The code system says that it is complete, and has ${concepts} concepts instead of its count.`,
      child: 'count',
    });
  }
}

function conceptsIn(owner: JsonObject): number {
  return itemsOf(owner['concept']).reduce<number>(
    (count, concept) => count + 1 + (isJsonObject(concept) ? conceptsIn(concept) : 0),
    0,
  );
}

function checkOnce(seen: Set<unknown>, name: unknown, child: string, pass: Pass): void {
  if (name !== undefined && seen.has(name)) {
    report(pass, {
      code: 'business-rule',
      rule: 'code-system-property',
      text: 'The code system declares the code or URI of this property twice; each stands once.',
      child,
    });
  }
  seen.add(name);
}

function checkType(property: JsonObject, child: string, pass: Pass): void {
  const { uri, type } = property;
  const name =
    typeof uri === 'string' && uri.startsWith(standard) ? uri.slice(standard.length) : '';
  const expected = standardTypes.get(name);
  if (expected !== undefined && type !== expected) {
    report(pass, {
      code: 'business-rule',
      rule: 'code-system-property',
      text: `The property ${name} of R4 has the type ${expected}.`,
      child: `${child}.type`,
    });
  }
}
