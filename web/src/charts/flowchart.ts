// Renders the flowchart with Mermaid once, then only toggles attributes and figures. The text comes from the engine, which
// builds it from its own structure: nothing a person typed is ever rendered.
import type { StageId, Status } from 'athanor';

/** Room for a figure under a stage's name, about as wide as the widest one; a decision's rhombus grows with its text, so it
 * gets less. Mermaid would drop mere spaces. */
export function figurePlaceholder(isDecision: boolean): string {
  return '0'.repeat(isDecision ? 5 : 12);
}

interface NodeParts {
  group: SVGGElement;
  name: Text;
  figure: HTMLElement;
  /** As long as the stage's share of the time; the place is kept as the label's width. */
  share: SVGLineElement;
  width: number;
  hint: SVGTitleElement;
}

/** Of each stage, in the order of the status: what is written under its name, and when the mouse rests on it. */
export interface StageTexts {
  figures: Record<StageId, string>;
  hints: Record<StageId, string>;
}

const svg = 'http://www.w3.org/2000/svg';

/** The part of the work that each stage did, of all seconds of work so far. */
export function timeShares(stages: Status['stages']): number[] {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  return stages.map(({ seconds }) => (total > 0 ? seconds / total : 0));
}

export interface FlowchartTexts {
  stages: Record<StageId, string>;
  yes: string;
  no: string;
}

export class FlowchartDrawing {
  readonly #nodes = new Map<StageId, NodeParts>();
  readonly #edges = new Map<string, Element>();
  readonly #answers = new Map<'yes' | 'no', Text>();
  #visits = new Map<string, number>();
  /** The edges that were walked last. */
  #walked: ReadonlySet<string> = new Set();

  /** Puts the chart into `host`; `text` is canonical Mermaid whose labels end in a line of figurePlaceholder. Colours come
   * from the page's style sheet. */
  static async render(host: HTMLElement, text: string, fontFamily: string): Promise<FlowchartDrawing> {
    const { default: mermaid } = await import('mermaid');
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      theme: 'base',
      themeVariables: { fontFamily, fontSize: '13px' },
      flowchart: {
        useMaxWidth: false,
        nodeSpacing: 22,
        rankSpacing: 26,
        padding: 6,
        curve: 'basis',
        htmlLabels: true,
      },
    });
    // Measured beside the host, without its styles, and out of sight: at the end of the page, where Mermaid would do that,
    // the page would scroll for a moment.
    const bench = document.createElement('div');
    Object.assign(bench.style, {
      position: 'absolute',
      inset: '0',
      overflow: 'hidden',
      visibility: 'hidden',
    });
    host.after(bench);
    try {
      host.innerHTML = (await mermaid.render('flow', text, bench)).svg;
    } finally {
      bench.remove();
    }
    return new FlowchartDrawing(host);
  }

  private constructor(host: HTMLElement) {
    const svg = host.querySelector('svg');
    svg?.removeAttribute('width');
    svg?.removeAttribute('style');
    svg?.setAttribute('aria-hidden', 'true'); // the list of stages beside it is what is read aloud
    for (const group of host.querySelectorAll<SVGGElement>('g.node')) {
      const stage = /^(?:flow-)?flowchart-([a-z]+)-\d+$/.exec(group.id)?.[1] as StageId | undefined;
      const parts = FlowchartDrawing.#partsOf(group);
      if (stage === undefined || parts === null) continue;
      this.#nodes.set(stage, parts);
      group.dataset['stage'] = stage;
    }
    for (const path of host.querySelectorAll('path[data-id]')) {
      const match = /^L_([a-z]+)_([a-z]+)_/.exec(path.getAttribute('data-id') ?? '');
      if (match !== null) this.#edges.set(`${match[1]}-${match[2]}`, path);
    }
    this.#findAnswer(host, 'yes', 'L_done_finish_');
    this.#findAnswer(host, 'no', 'L_done_train_');
  }

  #findAnswer(host: HTMLElement, answer: 'yes' | 'no', id: string): void {
    const label = host.querySelector(`g.label[data-id^="${id}"] p`)?.firstChild;
    if (label instanceof Text) this.#answers.set(answer, label);
  }

  /** The label is a name, a line break and the placeholder, which becomes an element for the figure. */
  static #partsOf(group: SVGGElement): NodeParts | null {
    const line = group.querySelector('.nodeLabel p') ?? group.querySelector('.nodeLabel');
    const [name, placeholder] = [line?.firstChild, line?.lastChild];
    if (!(name instanceof Text) || !(placeholder instanceof Text)) return null;
    const figure = document.createElement('span');
    figure.className = 'figure';
    placeholder.replaceWith(figure);
    // A node's middle is its origin, and so is its label's.
    const label = group.querySelector('foreignObject');
    const [width, height] = ['width', 'height'].map((side) => Number(label?.getAttribute(side) ?? 0));
    const share = document.createElementNS(svg, 'line');
    share.setAttribute('class', 'share');
    for (const [end, at] of Object.entries({ y1: height, y2: height }))
      share.setAttribute(end, `${(at ?? 0) / 2 + 2}`);
    const hint = document.createElementNS(svg, 'title');
    group.append(share, hint);
    return { group, name, figure, share, width: width ?? 0, hint };
  }

  /** Puts the names of another language in place: boxes are as wide as their figures, so nothing moves. */
  relabel(texts: FlowchartTexts): void {
    for (const [stage, { name }] of this.#nodes) name.data = texts.stages[stage];
    for (const [answer, label] of this.#answers) label.data = texts[answer];
  }

  /** The middle of a stage, in pixels from the left edge of `scroller`'s content. */
  centreOf(stage: StageId, scroller: HTMLElement): number {
    const box = this.#nodes.get(stage)?.group.getBoundingClientRect();
    if (box === undefined) return 0;
    return box.left + box.width / 2 - scroller.getBoundingClientRect().left + scroller.scrollLeft;
  }

  /** Marks the node whose button has the focus. */
  ring(focused: StageId | null): void {
    for (const [stage, { group }] of this.#nodes) group.toggleAttribute('data-focused', stage === focused);
  }

  update(status: Status, { figures, hints }: StageTexts, running: boolean): void {
    const shares = timeShares(status.stages);
    for (const [index, stage] of status.stages.entries()) {
      const parts = this.#nodes.get(stage.id);
      if (parts === undefined) continue;
      if (parts.group.dataset['state'] !== stage.state) parts.group.dataset['state'] = stage.state;
      if (parts.figure.textContent !== figures[stage.id]) parts.figure.textContent = figures[stage.id];
      if (parts.hint.textContent !== hints[stage.id]) parts.hint.textContent = hints[stage.id];
      const half = ((shares[index] ?? 0) * parts.width) / 2;
      parts.share.setAttribute('x1', `${-half}`);
      parts.share.setAttribute('x2', `${half}`);
    }
    // Who follows a slow run sees the last step of the way until the next is taken.
    const keyOf = ({ from, to }: Status['edges'][number]) => `${from}-${to}`;
    const walked = status.edges.filter((edge) => edge.visits > (this.#visits.get(keyOf(edge)) ?? 0));
    if (walked.length > 0) this.#walked = new Set(walked.map(keyOf));
    for (const edge of status.edges) {
      const path = this.#edges.get(keyOf(edge));
      const isTravelled = edge.visits > 0;
      path?.toggleAttribute('data-walked', running && isTravelled && this.#walked.has(keyOf(edge)));
      path?.toggleAttribute('data-travelled', isTravelled);
    }
    this.#visits = new Map(status.edges.map((edge) => [keyOf(edge), edge.visits]));
  }
}
