// What a cell holds. The engine decides what is learned from it (engine/data/cells.h); this is for finding out how a file is
// to be read, and for what is proposed of its columns.

const missingWords = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?']);
const pointNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const commaNumber = /^[+-]?\d+,\d+([eE][+-]?\d+)?$/;
const day = String.raw`(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|\d{4}年(\d{1,2}月(\d{1,2}日)?)?)`;
const time = String.raw`\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?`;
const moment = new RegExp(`^(${day}|${day}[T ]+${time}( ?(Z|[+-]\\d{2}:?\\d{2}))?|${time})$`);

/** As the engine sees it. */
export function isMissing(cell: string): boolean {
  return missingWords.has(cell);
}
export function isNumber(cell: string): boolean {
  return pointNumber.test(cell);
}
export function isCommaNumber(cell: string): boolean {
  return commaNumber.test(cell);
}
/** A date or a time of day, as people and programs write them. */
export function isMoment(cell: string): boolean {
  return moment.test(cell) && !isNumber(cell);
}
