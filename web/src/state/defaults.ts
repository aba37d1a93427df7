// Fields and their defaults, as forms ask for them.
import type { Field } from 'athanor';
import { choiceText, type Catalogue, type LaterCatalogue } from '../messages/catalogue';
import { valueAt } from './document';
import { fill } from './format';

/** The row of a path; of list items, "model.layers[2].units", that of all of them. */
export function fieldOf(fields: readonly Field[], path: string): Field | undefined {
  const key = path.replace(/\[\d+\]/, '[]');
  return fields.find((row) => row.path === key);
}

/** A seed has no more and no less. */
export function hasSlider({ path, type }: Pick<Field, 'path' | 'type'>): boolean {
  return path !== 'seed' && (type === 'number' || type === 'integer');
}

/** Whether a document has a field otherwise than by default; of list items with "[]": any of them. */
export function isChanged(field: Field, document: unknown, path = field.path): boolean {
  const [list, member] = path.split('[].');
  if (member !== undefined) {
    const items = valueAt(document, list ?? '');
    return (
      Array.isArray(items) &&
      items.some((_, index) => isChanged(field, document, `${list}[${index}].${member}`))
    );
  }
  return JSON.stringify(valueAt(document, path)) !== JSON.stringify(field.default);
}

/** A default as it is called. */
export function defaultText(t: Catalogue, words: LaterCatalogue['settings'], field: Field): string {
  if (field.type === 'boolean') return field.default === true ? t.yes : t.no;
  if (field.type === 'choice') return choiceText(t, String(field.default), field.path);
  if (Array.isArray(field.default) && field.default.length > 0)
    return fill(words.items, { count: field.default.length });
  return field.default === '' || Array.isArray(field.default) ? words.empty : String(field.default);
}
