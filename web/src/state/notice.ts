// What the page tells above everything else.
import type { Problem } from 'athanor';
import type { OptionProblem } from '../embed/options';
import type { LinkError } from './link';

export type Notice =
  | { kind: 'problem'; problem: Problem }
  | { kind: 'link'; reason: LinkError['reason'] }
  /** The worker died: another took its place, or, when that did not help, nothing runs. */
  | { kind: 'replaced' }
  /** The sheet in hand has too few points to run with. */
  | { kind: 'sheet' }
  /** A part of the page could not be fetched. */
  | { kind: 'missing' }
  | { kind: 'crash'; detail: string }
  | { kind: 'file'; name: string; size: number; max: number }
  | { kind: 'unreadable'; name: string }
  /** What is seldom told comes with its own words, in the language in use. */
  | { kind: 'told'; text: () => string }
  | { kind: 'options'; problems: readonly OptionProblem[] };
