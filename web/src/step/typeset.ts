// Formulas typeset by KaTeX, as they are seen and, as MathML beside that, as they are read aloud. Large: to be fetched when a
// formula is to be seen.
import katex from 'katex';
import 'katex/dist/katex.min.css';

/** What stands in formulas in the person's language. */
export interface Words {
  otherwise: string;
}

/** The words as commands: \otherwise is the last branch of cases. */
export function wordMacros({ otherwise }: Words): Record<string, string> {
  return { '\\otherwise': `\\text{${otherwise}}` };
}

export function typeset(tex: string, element: HTMLElement, words: Words): void {
  katex.render(tex, element, {
    macros: wordMacros(words),
    output: 'htmlAndMathml',
    throwOnError: false,
    // \htmlClass marks what was chosen; nothing a person typed ever gets here.
    trust: ({ command }) => command === '\\htmlClass',
    strict: false,
  });
}
