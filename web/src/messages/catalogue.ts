// The catalogue in use, and sentences made from it.
import type { Problem } from 'athanor';
import { fill } from '../state/format';
import { type en } from './en';
import { type later } from './en/later';

/** The shape of `en` with texts in place of its literals. */
export type Part<Value> = Value extends string ? string : { [Key in keyof Value]: Part<Value[Key]> };
export type Catalogue = Part<typeof en>;
/** Texts of what is fetched when the page has something to show. */
export type LaterCatalogue = Part<typeof later>;

/** The name of a field; list items ("model.layers[2].units") share the row of their list. */
export function fieldTexts(catalogue: Catalogue, path: string): readonly [label: string, hint: string] {
  const key = path.replace(/\[\d+\]/, '[]') as keyof Catalogue['fields'];
  const texts = catalogue.fields[key] as readonly string[] | undefined;
  return [texts?.[0] ?? path, texts?.[1] ?? ''];
}

type Described = Record<string, readonly string[] | undefined>;

/** What a generator draws, and what can be learned from it. */
export function generatorTexts(catalogue: Catalogue, name: string): readonly [label: string, hint: string] {
  const texts = (catalogue.generators as Described)[name];
  return [texts?.[0] ?? name, texts?.[1] ?? ''];
}

/** What an example shows. */
export function presetTexts(catalogue: LaterCatalogue, name: string): readonly [label: string, hint: string] {
  const texts = (catalogue.presets as Described)[name];
  return [texts?.[0] ?? name, texts?.[1] ?? ''];
}

/** The name of a choice of the field at `path`. */
export function choiceText(catalogue: Catalogue, choice: string, path = ''): string {
  if (path === 'data.generator') return generatorTexts(catalogue, choice)[0];
  return catalogue.choices[choice as keyof Catalogue['choices']] ?? choice;
}

/** What a field takes, as the engine's messages name it. */
function kindText(catalogue: Catalogue, kind: string): string {
  return catalogue.kinds[kind as keyof Catalogue['kinds']] ?? kind;
}

/** Where numbers became infinite: the engine's names of ops and layers that have one in the catalogue. */
function placeTexts(
  catalogue: Catalogue,
  { op = '', layer = '' }: Problem['params'],
): Record<string, string> {
  const { loss, input, output } = catalogue;
  const layers: Record<string, string> = { loss, input, output };
  const ops: Record<string, string> = catalogue.ops;
  return { op: ops[op] ?? choiceText(catalogue, op), layer: layers[layer] ?? layer };
}

/** What was given in place of a choice: the engine shows what a document holds as JSON, and names as they are. */
function givenText(shown: string): string {
  try {
    const given: unknown = JSON.parse(shown);
    return typeof given === 'string' ? given : shown;
  } catch {
    return shown;
  }
}

/** The names of a list as the engine writes it: ", " between them, and as JSON those that could be taken for several. */
function listedNames(list: string): string[] {
  const names = list.matchAll(/(?:^|, )("(?:[^"\\]|\\.)*"|.*?)(?=, |$)/gs);
  return Array.from(names, ([, name = '']) => givenText(name));
}

/** What is offered in place of what was given: choices by their names, layers as the person has called them. */
function offeredText(catalogue: Catalogue, name: string, path: string): string {
  if (!path.endsWith('.residual')) return choiceText(catalogue, name, path);
  return name === 'input' ? catalogue.input : name;
}

/** An engine problem in the person's language; the engine's own English when the catalogue does not know the code. */
export function problemText(
  catalogue: Catalogue,
  problem: Pick<Problem, 'code' | 'message' | 'params'>,
): string {
  const sentence = catalogue.errors[problem.code as keyof Catalogue['errors']];
  if (sentence === undefined) return problem.message;
  const path = problem.params['path'] ?? '';
  const list = problem.params['choices'];
  const choices =
    list &&
    listedNames(list)
      .map((name) => offeredText(catalogue, name, path))
      .join(catalogue.listSeparator);
  return fill(sentence, {
    ...problem.params,
    label: fieldTexts(catalogue, path)[0],
    expected: kindText(catalogue, problem.params['expected'] ?? ''),
    ...(choices ? { choices, value: givenText(problem.params['value'] ?? '') } : {}),
    ...(problem.params['from'] === 'input' ? { from: catalogue.input } : {}),
    ...(problem.code === 'not_finite' ? placeTexts(catalogue, problem.params) : {}),
  });
}
