import { Command, Option } from 'commander';
import { readDefinitions } from '../definition-files.ts';
import { createTerminology } from '../fhir/definitions/create-terminology.ts';
import type { Definitions } from '../fhir/definitions/definitions.ts';
import type { Terminology } from '../fhir/definitions/terminology.ts';
import { compileFhirPath } from '../fhir/fhirpath/compile.ts';
import type { JsonDocument } from '../fhir/json/json-document.ts';
import { parseDocument } from '../fhir/json/parse.ts';
import type { Issue } from '../fhir/operation-outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { createValidator } from '../fhir/validate/validate.ts';
import { demandedProfile } from '../trial/trial-record.ts';
import { configuration } from './configuration.ts';
import { createSchemaEngine } from './schema-engine.ts';
import { answersJudge, readQuestionnaires } from './validate-answers.ts';
import { reportFormats, type ReportFormat } from './validation-report.ts';
import { runValidation } from './validation-run.ts';

interface Options {
  readonly profile: readonly string[];
  readonly questionnaire: readonly string[];
  readonly format: ReportFormat;
  readonly engine: 'server' | 'schema';
}

/**
 * Returns the command `validate`: judges files as the server would, without one. It ends with status 1
 * when a resource would be refused, and with 2 when nothing could be judged.
 */
export function validateCommand(): Command {
  return new Command('validate')
    .description('validate resources: a JSON or NDJSON file, a folder, or - for the standard input')
    .argument('<path>', 'file, folder or -')
    .option('--profile <url...>', 'validate against these profiles too', [])
    .option('--questionnaire <path...>', 'files or folders of Questionnaires that are answered', [])
    .addOption(
      new Option('--format <format>', 'how to print').choices([...reportFormats]).default('text'),
    )
    .addOption(
      new Option('--engine <engine>', "the server's rules, or the JSON Schemas of the profiles")
        .choices(['server', 'schema'])
        .default('server'),
    )
    .addHelpText(
      'after',
      '\nExit status: 0 all would be stored, 1 a resource would be refused, 2 nothing could be judged.',
    )
    .action(async (path: string, options: Options) => {
      const config = configuration();
      if (config === undefined) return;
      const definitions = readDefinitions();
      const unknown = options.profile.filter((url) => !definitions.structureDefinition(url));
      if (unknown.length > 0) {
        console.error(`Not known here: ${unknown.join(', ')}`);
        process.exitCode = 2;
        return;
      }
      const judge = await judgeBy(definitions, options, config.limits.jsonDepthMax);
      await runValidation(path, options.format, judge);
    });
}

type Judge = (text: string) => readonly Issue[];

async function judgeBy(
  definitions: Definitions,
  { profile, engine, questionnaire }: Options,
  depthMax: number,
): Promise<Judge> {
  const terminology = createTerminology(definitions);
  const judge = engine === 'schema' ? createSchemaEngine : serverEngine;
  const issuesOf = judge(definitions, terminology);
  const answerIssues = answersJudge(await readQuestionnaires(questionnaire, depthMax), terminology);
  return (text) => {
    const document = parseDocument(text, { depthMax });
    if (!document.ok) return document.failure.issues;
    const resource = document.value.value as Resource;
    const demanded = demandedProfile(resource, terminology);
    const profiles = demanded === undefined ? profile : [...profile, demanded];
    return [...issuesOf(resource, profiles, document.value), ...answerIssues(resource)];
  };
}

function serverEngine(definitions: Definitions, terminology: Terminology) {
  const validator = createValidator(definitions, terminology, compileFhirPath);
  return (_: Resource, profiles: readonly string[], document: JsonDocument): readonly Issue[] =>
    validator.validate(document, profiles).issues;
}
