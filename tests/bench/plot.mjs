// Plots with two logarithmic axes as an SVG file: text that any browser shows, light whatever is around it.

/**
 * @typedef {object} Point
 * @property {number} x
 * @property {number} y
 * @property {[number, number]} [range] from the least to the most y that was measured
 */
/** @typedef {{ label: string, points: Point[], isBound?: boolean }} Series a bound is a dashed line without marks */
/**
 * @typedef {object} Panel
 * @property {string} title
 * @property {string} xLabel
 * @property {[number, string][]} xTicks
 * @property {(y: number) => string} yText of a power of ten
 * @property {Series[]} series
 */

const kPanel = { width: 420, height: 310 };
const kMargin = { left: 66, right: 18, top: 34, bottom: 50 };
const kHeading = 44;
/** Okabe and Ito's, which the colour-blind can tell apart; their shapes differ too. */
const kColours = ['#0072b2', '#d55e00', '#007a5a', '#7a4f96'];
const kBoundColour = '#555555';
const kInk = '#222222';

/** @param {number} value */
const at = (value) => String(Math.round(10 * value) / 10);

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/**
 * The powers of ten that hold all values between them; two at least.
 * @param {readonly number[]} values
 * @returns {number[]} exponents
 */
export function decades(values) {
  const least = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const most = Math.max(Math.ceil(Math.log10(Math.max(...values)) - 1e-9), least + 1);
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}

/**
 * @param {string} title
 * @param {string} description for those who do not see it
 * @param {readonly Panel[]} panels in rows
 * @param {number} columns
 */
export function plots(title, description, panels, columns) {
  const width = columns * kPanel.width;
  const height = kHeading + Math.ceil(panels.length / columns) * kPanel.height;
  const drawn = panels.map((panel, i) => {
    const x = (i % columns) * kPanel.width;
    const y = kHeading + Math.floor(i / columns) * kPanel.height;
    return `<g transform="translate(${x} ${y})">\n${panelOf(panel).join('\n')}\n</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      `font-family="system-ui, sans-serif" font-size="12" fill="${kInk}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${kMargin.left}" y="28" font-size="16" font-weight="600">${escaped(title)}</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

/**
 * @param {Panel} panel
 * @returns {string[]}
 */
function panelOf({ title, xLabel, xTicks, yText, series }) {
  const right = kPanel.width - kMargin.right;
  const bottom = kPanel.height - kMargin.bottom;
  const exponents = decades(
    series.flatMap(({ points }) => points.flatMap(({ y, range }) => [y, ...(range ?? [])])),
  );
  const xs = [...xTicks.map(([x]) => x), ...series.flatMap(({ points }) => points.map(({ x }) => x))];
  const xOf = scale(Math.min(...xs), Math.max(...xs), kMargin.left + 12, right - 12);
  const yOf = scale(10 ** exponents[0], 10 ** exponents[exponents.length - 1], bottom, kMargin.top);
  /** @param {string} colour @param {number} y */
  const across = (colour, y) =>
    `<path d="M${kMargin.left} ${at(y)}H${right}" stroke="${colour}" stroke-width="1"/>`;

  const minor = exponents
    .slice(0, -1)
    .flatMap((power) => [2, 3, 4, 5, 6, 7, 8, 9].map((digit) => across('#f0f0f0', yOf(digit * 10 ** power))));
  const major = exponents.flatMap((power) => [
    across('#cccccc', yOf(10 ** power)),
    `<text x="${kMargin.left - 8}" y="${at(yOf(10 ** power) + 4)}" text-anchor="end">${escaped(yText(10 ** power))}</text>`,
  ]);
  const upright = xTicks.flatMap(([x, text]) => [
    `<path d="M${at(xOf(x))} ${kMargin.top}V${bottom}" stroke="#e4e4e4" stroke-width="1"/>`,
    `<text x="${at(xOf(x))}" y="${bottom + 18}" text-anchor="middle">${escaped(text)}</text>`,
  ]);
  return [
    `<text x="${kMargin.left}" y="20" font-size="13" font-weight="600">${escaped(title)}</text>`,
    ...minor,
    ...major,
    ...upright,
    `<path d="M${kMargin.left} ${kMargin.top}V${bottom}H${right}" fill="none" stroke="#777777"/>`,
    `<text x="${at((kMargin.left + right) / 2)}" y="${bottom + 38}" text-anchor="middle">${escaped(xLabel)}</text>`,
    ...series.flatMap((each, i) => curve(each, i, xOf, yOf)),
    ...series.flatMap((each, i) => legend(each, i)),
  ];
}

/**
 * @param {number} least
 * @param {number} most
 * @param {number} from where the least lies
 * @param {number} to
 * @returns {(value: number) => number}
 */
function scale(least, most, from, to) {
  const span = Math.log(most / least) || 1;
  return (value) => from + ((to - from) * Math.log(value / least)) / span;
}

/** @param {Series} series @param {number} index */
function colourOf({ isBound }, index) {
  return isBound ? kBoundColour : kColours[index % kColours.length];
}

/**
 * @param {Series} series
 * @param {number} index
 * @param {(x: number) => number} xOf
 * @param {(y: number) => number} yOf
 */
function curve(series, index, xOf, yOf) {
  const colour = colourOf(series, index);
  const path = series.points
    .map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${at(xOf(x))} ${at(yOf(y))}`)
    .join('');
  const line = `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${series.isBound ? ' stroke-dasharray="6 4"' : ''}/>`;
  if (series.isBound) return [line];
  const whiskers = series.points.flatMap(({ x, range }) =>
    range ? [`<path d="M${at(xOf(x))} ${at(yOf(range[0]))}V${at(yOf(range[1]))}" stroke="${colour}"/>`] : [],
  );
  return [line, ...whiskers, ...series.points.map(({ x, y }) => mark(index, xOf(x), yOf(y)))];
}

/**
 * A circle, a square, a diamond, a triangle.
 * @param {number} index
 * @param {number} x
 * @param {number} y
 */
function mark(index, x, y) {
  const shapes = [
    'm-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
    'm-3.5 -3.5h7v7h-7z',
    'm0 -5l5 5l-5 5l-5 -5z',
    'm0 -5l4.5 8h-9z',
  ];
  return `<path d="M${at(x)} ${at(y)}${shapes[index % shapes.length]}" fill="${kColours[index % kColours.length]}"/>`;
}

/**
 * On top to the left, where curves that rise leave room.
 * @param {Series} series
 * @param {number} index
 */
function legend(series, index) {
  const x = kMargin.left + 12;
  const y = kMargin.top + 16 + 18 * index;
  const stroke = `stroke="${colourOf(series, index)}" stroke-width="2"${series.isBound ? ' stroke-dasharray="6 4"' : ''}`;
  return [
    `<rect x="${x - 4}" y="${y - 9}" width="${40 + 6.6 * series.label.length}" height="18" fill="#ffffff" fill-opacity="0.85"/>`,
    `<path d="M${x} ${y}h26" ${stroke}/>`,
    ...(series.isBound ? [] : [mark(index, x + 13, y)]),
    `<text x="${x + 34}" y="${y + 4}">${escaped(series.label)}</text>`,
  ];
}
