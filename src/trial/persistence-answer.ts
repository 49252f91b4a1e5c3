import type { Resource } from '../fhir/resource.ts';
import type { Question } from './criterion.ts';
import { studyDay } from './infusion.ts';
import { persistenceOf, type Persistence } from './persistence.ts';
import { persistenceTargets, type PersistencePoint } from './persistence-series.ts';
import {
  answerParameters,
  out,
  outAbsent,
  outParts,
  outRecords,
  ucum,
  type OutParameter,
} from './trial-parameters.ts';

/** Returns the answer of `$persistence`. */
export function persistenceAnswer(
  question: Question & { readonly inputs: ReadonlyMap<string, string | number | boolean> },
): Resource {
  const target = String(question.inputs.get('target') ?? persistenceTargets[0]);
  const kinetics = persistenceOf(question, target);
  const about = { name: 'subject', record: question.records.subject, asOf: question.asOf } as const;
  const metrics = metricsOf(kinetics);
  const missing = Object.entries(metrics).filter(([, { parameter }]) => parameter === undefined);
  return answerParameters(about, [
    out('target', 'Code', target),
    ...Object.values(metrics).map(({ parameter }) => parameter),
    ...(kinetics?.series.points ?? []).map(pointParameter),
    ...missing.map(([metric, { reason }]) =>
      outAbsent(metric, kinetics === undefined ? 'not-applicable' : reason),
    ),
  ]);
}

/** A metric, and why it is missing if it is. */
interface Metric {
  readonly parameter: OutParameter | undefined;
  readonly reason: 'not-applicable' | 'unknown';
}

const concentration = '{copies}/ug';

function metricsOf(kinetics: Persistence | undefined): Readonly<Record<string, Metric>> {
  const { series, peak, auc, lastDetected, isEngrafted, outcome, loss, duration, day0 } =
    kinetics ?? nothing;
  const days = (name: string, value: number | undefined) => quantity(name, value, 'd');
  const lossDay = loss === undefined || day0 === undefined ? undefined : studyDay(loss.date, day0);
  // Of what cells never did there is nothing to know; what was not measured enough is not known.
  const fate = outcome === undefined ? 'unknown' : 'not-applicable';
  return {
    method: { parameter: out('method', 'Code', series?.method), reason: 'unknown' },
    cmax: { parameter: quantity('cmax', peak?.value, concentration), reason: 'not-applicable' },
    tmax: { parameter: days('tmax', peak?.time), reason: 'not-applicable' },
    auc: { parameter: quantity('auc', auc, `${concentration}.d`), reason: 'unknown' },
    tlast: { parameter: days('tlast', lastDetected?.time), reason: 'not-applicable' },
    engrafted: { parameter: out('engrafted', 'Boolean', isEngrafted), reason: 'unknown' },
    outcome: { parameter: out('outcome', 'Code', outcome), reason: 'unknown' },
    lossDate: { parameter: out('lossDate', 'Date', loss?.date), reason: fate },
    lossDay: { parameter: out('lossDay', 'Integer', lossDay), reason: fate },
    duration: { parameter: days('duration', duration?.days), reason: 'unknown' },
    event: { parameter: out('event', 'Boolean', duration?.event), reason: 'unknown' },
  };
}

const nothing: Partial<Persistence> = {};

function quantity(name: string, value: number | undefined, unit: string): OutParameter | undefined {
  return out(name, 'Quantity', value === undefined ? undefined : ucum(value, unit));
}

function pointParameter(point: PersistencePoint): OutParameter {
  return outParts('point', [
    quantity('time', point.time, 'd'),
    quantity('value', point.value, concentration),
    out('detected', 'Boolean', point.isDetected),
    ...outRecords('record', point.records),
  ]);
}
