// The engine writes formulas in ASCII; people read w₁·x₁, ∂L/∂w₁ and η.

const subscripts = '₀₁₂₃₄₅₆₇₈₉';
/** A product stays on one line: a long sum is broken between its terms. */
const noBreak = '\u00a0';
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function digits(text: string, of: string): string {
  return text.replace(/\d/g, (digit) => of[Number(digit)] ?? digit).replace('-', '⁻');
}

/** "dL/dw1 = dL/dy * dy/dz * x1" → "∂L/∂w₁ = ∂L/∂y · ∂y/∂z · x₁"; "1.5e-6" → "1.5×10⁻⁶". */
export function formulaText(ascii: string): string {
  return ascii
    .replace(/(\d)e([+-]?\d+)/g, (_, digit: string, power: string) => {
      return `${digit}×10${digits(power.replace('+', ''), superscripts)}`;
    })
    .replace(/\bd([A-Za-z]\w*)\/d([A-Za-z]\w*)/g, '∂$1/∂$2')
    .replace(/([wx])(\d+)/g, (_, letter: string, index: string) => letter + digits(index, subscripts))
    .replace(/\^(\d)/g, (_, power: string) => digits(power, superscripts))
    .replaceAll('learning_rate', 'η')
    .replaceAll('sigmoid', 'σ')
    .replaceAll('<-', '←')
    .replaceAll(' * ', `${noBreak}·${noBreak}`)
    .replaceAll('-', '−');
}
