// Which fields of the document the list of all settings shows, section by section.
import type { Field } from 'athanor';

export interface Section {
  name: string;
  fields: Field[];
}

const layer = 'model.layers[].';
const column = 'data.table.columns[].';

/** Where a field is set: by a control in the list itself, by one for each hidden layer, or where what it holds is seen. */
export function placeOf({ path, type }: Pick<Field, 'path' | 'type'>): 'here' | 'layers' | 'elsewhere' {
  if (path.startsWith(layer)) return 'layers';
  return type === 'list' || path.startsWith(column) || path === 'data.table.csv' ? 'elsewhere' : 'here';
}

/** Words of a search, as they are compared: without case and width. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/**
 * The sections of the fields, in the order of the engine's table, that hold every word of `search` in their path, their
 * texts or the names of their choices, whatever the language. What can be said of single columns is one place all the
 * same, so that it stands there only for who searches for it.
 */
export function sectionsOf(
  fields: readonly Field[],
  search: string,
  textsOf: (field: Field) => readonly string[],
): Section[] {
  const words = plain(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  const sections: Section[] = [];
  for (const field of fields) {
    if (words.length === 0 && field.path.startsWith(column)) continue;
    const text = plain([field.path, ...textsOf(field)].join(' '));
    if (!words.every((word) => text.includes(word))) continue;
    const name = field.path.split('.')[0] ?? '';
    const section = sections.find((other) => other.name === name);
    if (section === undefined) sections.push({ name, fields: [field] });
    else section.fields.push(field);
  }
  return sections;
}
