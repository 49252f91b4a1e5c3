import type { Resource } from '../fhir/resource.ts';
import type { AsOf } from './as-of.ts';
import type { Trial } from './trial.ts';
import { answerParameters, outParts } from './trial-parameters.ts';

/** Returns the answer of `$protocol-parameters`: every row with its values and what it means. */
export function parametersAnswer({
  trial,
  asOf,
}: {
  readonly trial: Trial;
  readonly asOf: AsOf;
}): Resource {
  return answerParameters(
    { name: 'study', record: trial.study, asOf },
    trial.parameters.rows.map(({ id, values, detail }) =>
      outParts(id, [
        ...values.map(({ element, value }) => ({ name: 'value', [element]: value })),
        { name: 'detail', valueString: detail },
      ]),
    ),
  );
}
