// What an address says of a page that is embedded: which panels it shows, and how it begins. Read here, written by the dialog.

/** Everything that can be hidden, by the name authors write. */
export const panels = [
  'title',
  'examples',
  'controls',
  'settings',
  'flowchart',
  'data',
  'preparation',
  'network',
  'boundary',
  'training',
  'curves',
  'measures',
] as const;
export type Panel = (typeof panels)[number];

export const languages = ['zh', 'en'] as const;
export const themes = ['system', 'light', 'dark'] as const;
export const variants = ['simd', 'relaxed'] as const;
const fits = ['frame', 'content'] as const;

/** A value of an option that means nothing; the page says so and goes on without it. */
export interface OptionProblem {
  option: string;
  value: string;
  /** What could have stood there, in words that are the same in every language. */
  allowed: readonly string[];
}

export interface Options {
  panels: ReadonlySet<Panel>;
  /** The author asked for the run to begin by itself. */
  run: boolean;
  /** Fills its frame, or takes the height it needs and tells it to the page around. */
  fit: (typeof fits)[number];
  /** Which build of the engine is asked for; undefined: the usual one of the page, or of an embed. */
  variant: (typeof variants)[number] | undefined;
  /** Who may send messages; empty: whoever embeds the page. */
  origins: readonly string[];
  problems: readonly OptionProblem[];
}

/** As long as a name in a message can sensibly be. */
const longestShown = 60;

function list(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function isPanel(name: string): name is Panel {
  return (panels as readonly string[]).includes(name);
}

/** The origin that a text names, as browsers write it; "null" is that of files and of sandboxed frames. */
function originOf(text: string): string | null {
  if (text === 'null') return text;
  try {
    const { origin, pathname, search, hash, username } = new URL(text);
    return origin !== 'null' && pathname === '/' && search + hash + username === '' ? origin : null;
  } catch {
    return null;
  }
}

/** Never throws: what is not understood is among the problems. */
export function readOptions(search: string): Options {
  const query = new URLSearchParams(search);
  const problems: OptionProblem[] = [];
  const refuse = (option: string, value: string, allowed: readonly string[]) =>
    problems.push({ option, value: Array.from(value).slice(0, longestShown).join(''), allowed });

  const choose = <Value extends string>(option: string, allowed: readonly Value[]): Value | undefined => {
    const value = query.get(option);
    if (value === null) return undefined;
    const found = allowed.find((choice) => choice === value);
    if (found === undefined) refuse(option, value, allowed);
    return found;
  };
  const named = (option: 'show' | 'hide'): Panel[] =>
    list(query.get(option)).filter((name): name is Panel => {
      if (!isPanel(name)) refuse(option, name, panels);
      return isPanel(name);
    });

  const [show, hide] = [named('show'), named('hide')];
  const shown = new Set<Panel>(show.length > 0 ? show : panels);
  for (const name of hide) shown.delete(name);
  if (shown.size === 0) {
    refuse('hide', query.get('hide') ?? '', panels);
    for (const name of panels) shown.add(name);
  }

  const origins: string[] = [];
  for (const text of list(query.get('origins'))) {
    const origin = originOf(text);
    if (origin === null) refuse('origins', text, ['https://example.org']);
    else origins.push(origin);
  }
  // A list of which nothing is left must not mean that everybody may speak.
  if (query.has('origins') && origins.length === 0) origins.push('');

  choose('lang', languages);
  choose('theme', themes);
  return {
    panels: shown,
    run: choose('run', ['1', '0']) === '1',
    fit: choose('fit', fits) ?? 'frame',
    variant: choose('variant', variants),
    origins,
    problems,
  };
}
