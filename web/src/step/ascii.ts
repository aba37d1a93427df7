// The engine writes the formulas of a single neuron in ASCII; typeset they are TeX.

/** "dL/dw1 = dL/dy * dy/dz * x1" → "\partial L/\partial w_{1} = …"; "1.5e-6" → "1.5\times 10^{-6}". */
export function asciiTex(ascii: string): string {
  return ascii
    .replace(/(\d)e([+-]?\d+)/g, (_, digit: string, power: string) => `${digit}\\times 10^{${Number(power)}}`)
    .replace(/1 \/ \(1 \+ exp\(-(\([^()]*\)|[^()]+)\)\)/g, '1/(1 + e^{-$1})')
    .replace(
      /\bd([A-Za-z]\w*)\/d([A-Za-z]\w*)/g,
      (_, of: string, by: string) => `{\\partial ${of}}/{\\partial ${by}}`,
    )
    .replace(/([wx])(\d+)/g, '$1_{$2}')
    .replaceAll('learning_rate', '\\eta')
    .replaceAll('sigmoid', '\\sigma')
    .replaceAll('<-', '\\leftarrow')
    .replaceAll(' * ', ' \\cdot ');
}
