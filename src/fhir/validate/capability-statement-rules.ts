import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Compiler } from './compiler.ts';
import { itemsOf } from './json-array.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * A search parameter has the type that its definition says, where that is shipped.
 *
 * @see https://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.rest.resource.searchParam.type
 */
export function capabilityStatementRules(compiler: Compiler): ObjectCheck {
  return (statement, pass) => {
    for (const [index, rest] of objectsOf(statement['rest'])) {
      checkParameters(compiler, rest, `rest[${index}]`, pass);
      for (const [at, resource] of objectsOf(rest['resource'])) {
        checkParameters(compiler, resource, `rest[${index}].resource[${at}]`, pass);
      }
    }
  };
}

function objectsOf(list: JsonValue | undefined): readonly (readonly [number, JsonObject])[] {
  return [...itemsOf(list).entries()].flatMap(([index, item]) =>
    isJsonObject(item) ? [[index, item] as const] : [],
  );
}

function checkParameters(
  { definitions }: Compiler,
  owner: JsonObject,
  at: string,
  pass: Pass,
): void {
  for (const [index, { definition, type }] of objectsOf(owner['searchParam'])) {
    const known =
      typeof definition === 'string' ? definitions.searchParameter(definition)?.type : undefined;
    if (known !== undefined && typeof type === 'string' && known !== type) {
      report(pass, {
        code: 'business-rule',
        rule: 'capability-search-type',
        text: `The search parameter is of type ${known} in its definition; both must be the same.`,
        child: `${at}.searchParam[${index}].type`,
      });
    }
  }
}
