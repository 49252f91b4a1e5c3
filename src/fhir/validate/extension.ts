import type { StructureDefinition } from '@medplum/fhirtypes';
import { extensionCanonical } from '../definitions/layer.ts';
import type { JsonObject } from '../json/json-value.ts';
import { isAbsoluteUri } from './absolute-system.ts';
import type { Compiler } from './compiler.ts';
import { childNamed, choiceValue, type ElementNode } from './element-tree.ts';
import { contextsAt } from './extension-context.ts';
import { report, type ObjectCheck, type Pass } from './pass.ts';

/**
 * Checks an extension beyond the elements of its type: `ext-1`, its URL, where it may stand, and what
 * its definition demands when the server knows it. One that is unknown is kept: R4 lets anyone add
 * extensions; only an unknown modifier is worth a warning.
 *
 * @see https://hl7.org/fhir/R4/extensibility.html
 */
export function extensionRules(compiler: Compiler): ObjectCheck {
  const rulesOf = rememberRules(compiler);
  return (extension, pass) => {
    checkContent(extension, pass);
    const { url } = extension;
    if (typeof url !== 'string') {
      return;
    }
    if (!isAbsoluteUri(url)) {
      const around = pass.extensionUrls.at(-2);
      checkRelative(url, around === undefined ? undefined : (rulesOf(around)?.parts ?? none), pass);
      return;
    }
    const rules = rulesOf(url);
    if (rules === undefined) {
      reportUnknown(pass);
    } else {
      checkKnown({ compiler, rules, extension }, pass);
    }
  };
}

/** Extensions repeat; what was found out of their URLs is kept, up to a limit. */
function rememberRules(compiler: Compiler): (url: string) => ExtensionRules | undefined {
  const rulesByUrl = new Map<string, ExtensionRules | undefined>();
  return (url) => {
    let rules = rulesByUrl.get(url);
    if (rules === undefined && !rulesByUrl.has(url)) {
      rules = compileRules(compiler, url);
      if (rulesByUrl.size < urlsMax) {
        rulesByUrl.set(url, rules);
      }
    }
    return rules;
  };
}

const urlsMax = 5_000;

interface ExtensionRules {
  readonly url: string;
  /** What names the definition; more than the URL where a profile shares that. */
  readonly canonical: string;
  readonly isModifier: boolean;
  readonly contexts: NonNullable<StructureDefinition['context']>;
  /** The URLs of the extensions that a complex one consists of. */
  readonly parts: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

function compileRules(compiler: Compiler, url: string): ExtensionRules | undefined {
  const { definitions } = compiler;
  const alone = extensionCanonical(url);
  const canonical = definitions.structureDefinition(alone) === undefined ? url : alone;
  const structure = definitions.structureDefinition(canonical);
  if (structure?.type !== 'Extension' || structure.derivation !== 'constraint') {
    return undefined;
  }
  const tree = compiler.tree(canonical);
  return {
    url,
    canonical,
    isModifier: tree?.definition.isModifier === true,
    contexts: isOnDefinitions(url) ? [] : (structure.context ?? []),
    parts: partsOf(tree),
  };
}

/**
 * R4 itself uses these outside of the contexts that it published for them.
 *
 * @see docs/spec-clarifications.md#extensions
 */
function isOnDefinitions(url: string): boolean {
  return /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/(structuredefinition-|valueset-|regex$)/.test(
    url,
  );
}

/** `ext-1`, in code because it is asked of every extension. */
function checkContent(extension: JsonObject, pass: Pass): void {
  let hasValue = false;
  for (const name in extension) {
    hasValue ||= name.startsWith('value') || name.startsWith('_value');
  }
  if (hasValue === (extension['extension'] !== undefined)) {
    report(pass, {
      code: 'invariant',
      rule: 'ext-1',
      text: `The extension has ${hasValue ? 'both' : 'neither'} a value and nested extensions; exactly one of them is allowed.`,
    });
  }
}

/** Only inside a complex extension, whose definition explains it, is a URL relative. */
function checkRelative(url: string, parts: ReadonlySet<string> | undefined, pass: Pass): void {
  if (parts === undefined) {
    report(pass, {
      code: 'extension',
      rule: 'extension-url',
      text: 'The URL of the extension is relative; it may be so only inside another extension.',
      child: 'url',
    });
  } else if (parts.size > 0 && !parts.has(url)) {
    report(pass, {
      code: 'extension',
      rule: 'extension-url',
      text: `The extension around defines no part with this URL; its parts are ${[...parts].join(', ')}.`,
      child: 'url',
    });
  }
}

function partsOf(tree: ElementNode | undefined): ReadonlySet<string> {
  const slices = (tree && childNamed(tree, 'extension')?.slices) ?? [];
  const urls = slices
    .map((slice) => childNamed(slice, 'url'))
    .map((part) => part && choiceValue(part.definition, 'fixed')?.value);
  return new Set(urls.filter((url) => typeof url === 'string'));
}

function reportUnknown(pass: Pass): void {
  const isModifier = isModifierHere(pass);
  report(pass, {
    code: 'extension',
    severity: isModifier ? 'warning' : 'information',
    rule: 'extension-unknown',
    text: isModifier
      ? 'The modifier extension is not known to this server, so what it changes is not understood.'
      : 'The extension is not known to this server; its content was not checked.',
  });
}

interface Known {
  readonly compiler: Compiler;
  readonly rules: ExtensionRules;
  readonly extension: JsonObject;
}

function checkKnown({ compiler, rules, extension }: Known, pass: Pass): void {
  const { profile } = pass;
  pass.profile = rules.url;
  if (isModifierHere(pass) !== rules.isModifier) {
    report(pass, {
      code: 'extension',
      rule: 'extension-modifier',
      text: rules.isModifier
        ? 'The extension changes the meaning of its element, so it belongs into modifierExtension.'
        : 'The extension does not change the meaning of its element, so it belongs into extension.',
    });
  }
  checkContext(compiler, rules, pass);
  compiler
    .profileCheck(rules.canonical)
    ?.check({ value: extension, sibling: undefined, type: 'Extension' }, pass);
  pass.profile = profile;
}

function checkContext(compiler: Compiler, { contexts }: ExtensionRules, at: Pass): void {
  if (contexts.length === 0 || contexts.some((context) => isPlainlyAllowed(context, at))) {
    return;
  }
  const around = contextsAt(compiler, at);
  if (!contexts.some(({ type, expression }) => type === 'element' && around.has(expression))) {
    const allowed = contexts.map(({ expression }) => expression).join(', ');
    report(at, {
      code: 'extension',
      rule: 'extension-context',
      text: `The extension is not allowed here; its contexts are ${allowed}.`,
    });
  }
}

/** What most extensions say: the element they stand in, or any. Contexts in FHIRPath are not judged. */
function isPlainlyAllowed(
  { type, expression }: ExtensionRules['contexts'][number],
  at: Pass,
): boolean {
  switch (type) {
    case 'fhirpath':
      return true;
    case 'extension':
      return at.extensionUrls.at(-2) === expression;
    case 'element':
      return (
        expression === at.definitionAt[at.depth - 2] ||
        expression === 'Element' ||
        expression === 'Any'
      );
  }
}

/** Whether the pass stands at an item of `modifierExtension`. */
function isModifierHere(pass: Pass): boolean {
  return pass.path[pass.depth - 2] === 'modifierExtension';
}
