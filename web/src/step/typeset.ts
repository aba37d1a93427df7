// Formulas typeset by KaTeX, as they are seen and, as MathML beside that, as they are read aloud. Large: to be fetched when a
// formula is to be seen.
import katex from 'katex';
import 'katex/dist/katex.min.css';

export function typeset(tex: string, element: HTMLElement): void {
  katex.render(tex, element, {
    output: 'htmlAndMathml',
    throwOnError: false,
    // \htmlClass marks what was chosen; nothing a person typed ever gets here.
    trust: ({ command }) => command === '\\htmlClass',
    strict: false,
  });
}
