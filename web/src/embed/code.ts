// The code that an author pastes: what was chosen in the dialog, as each kind of page wants it.
import { type Panel, panels } from './options';

export const formats = ['html', 'mdx', 'vuepress', 'quarto', 'jupyter'] as const;
export type Format = (typeof formats)[number];

export interface EmbedChoices {
  /** The folder the page lies in, with a slash at its end. */
  site: string;
  /** `#d=…`, or nothing for the default experiment. */
  hash: string;
  shown: ReadonlySet<Panel>;
  /** Null: as the reader's browser and system want it. */
  lang: string | null;
  theme: string | null;
  run: boolean;
  /** Pixels. */
  width: number;
  height: number;
  /** The element takes the height that it needs; a frame alone cannot. */
  asContent: boolean;
  title: string;
}

/** The formats that hold the element, which can size its frame. */
export function canFit(format: Format): boolean {
  return format === 'html' || format === 'quarto';
}

/** The shorter of the two ways to say which panels there are. */
function panelOption(shown: ReadonlySet<Panel>): ['show' | 'hide', string] | null {
  const on = panels.filter((name) => shown.has(name));
  const off = panels.filter((name) => !shown.has(name));
  if (off.length === 0) return null;
  return on.length < off.length ? ['show', on.join(',')] : ['hide', off.join(',')];
}

/** The address of the frame. Names of panels have no letters that would have to be escaped. */
export function frameAddress({ site, hash, shown, lang, theme, run }: EmbedChoices): string {
  const options = [
    panelOption(shown),
    lang === null ? null : ['lang', lang],
    theme === null ? null : ['theme', theme],
    run ? ['run', '1'] : null,
  ].filter((option) => option !== null);
  const query = options.map((option) => option.join('=')).join('&');
  return `${site}embed.html${query === '' ? '' : `?${query}`}${hash}`;
}

function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function element(choices: EmbedChoices): string {
  const { site, hash, shown, lang, theme, run, width, height, asContent, title } = choices;
  const attributes: [string, string | null][] = [
    ['title', title],
    ['experiment', hash === '' ? null : hash],
    panelOption(shown) ?? ['show', null],
    ['lang', lang],
    ['theme', theme],
    ['run', run ? '' : null],
    ['height', asContent ? null : String(height)],
    ['style', `max-width: ${width}px`],
  ];
  const text = attributes
    .filter((pair): pair is [string, string] => pair[1] !== null)
    .map(([name, value]) => (value === '' ? `  ${name}` : `  ${name}="${attribute(value)}"`));
  return `<script src="${attribute(site)}athanor-playground.js" async></script>
<athanor-playground
${text.join('\n')}
></athanor-playground>`;
}

/** In JSX the style is an object; in a Vue template it is a text, and a script would be taken for a component's. */
function frame(choices: EmbedChoices, style: (width: number) => string): string {
  return `<iframe
  src="${attribute(frameAddress(choices))}"
  title="${attribute(choices.title)}"
  width="100%"
  height="${choices.height}"
  ${style(choices.width)}
  loading="lazy"
  allow="clipboard-write"
  sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
></iframe>`;
}

export function embedCode(format: Format, choices: EmbedChoices): string {
  switch (format) {
    case 'html':
      return element(choices);
    case 'mdx':
      return frame(choices, (width) => `style={{ border: 0, maxWidth: ${width} }}`);
    case 'vuepress':
      return frame(choices, (width) => `style="border: 0; max-width: ${width}px"`);
    case 'quarto':
      return `\`\`\`{=html}\n${element(choices)}\n\`\`\``;
    case 'jupyter':
      // JSON's texts are Python's, too.
      return `from IPython.display import IFrame
IFrame(${JSON.stringify(frameAddress(choices))}, width=${choices.width}, height=${choices.height})`;
  }
}
