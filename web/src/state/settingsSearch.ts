// Which fields of the document the list of all settings shows, section by section.
import type { Field } from 'athanor';

export interface Section {
  name: string;
  fields: Field[];
}

/** A table is edited where its cells and columns are seen, layers in the network's panel. */
export function isListed({ path, type }: Pick<Field, 'path' | 'type'>): boolean {
  return type !== 'list' && !path.includes('[]') && path !== 'data.table.csv';
}

/** Words of a search, as they are compared: without case and width. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/**
 * The sections of the fields, in the order of the engine's table, that hold every word of `search` in their path, their
 * texts or the names of their choices, whatever the language.
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
  for (const field of fields.filter(isListed)) {
    const text = plain([field.path, ...textsOf(field)].join(' '));
    if (!words.every((word) => text.includes(word))) continue;
    const name = field.path.split('.')[0] ?? '';
    const section = sections.find((other) => other.name === name);
    if (section === undefined) sections.push({ name, fields: [field] });
    else section.fields.push(field);
  }
  return sections;
}
