// How much is read, kept and shown. What the engine takes of columns and bytes its fields say; of rows a test compares.

/** Larger files are refused before anything of them is read. */
export const maxFileBytes = 64_000_000;
/** What the system's dialog offers; what is dropped is looked at whatever its name. */
export const tableFiles =
  '.csv,.tsv,.tab,.txt,.json,.jsonl,.ndjson,text/csv,text/tab-separated-values,text/plain,application/json';
/** Rows that the engine takes (engine/data/dataset.h). */
export const maxRows = 100_000;
/** Columns that can be looked through; the engine learns from fewer. */
export const maxFileColumns = 1024;
/** Bytes that are decoded and taken apart at a time. */
export const chunkBytes = 256 * 1024;
/** A quoted cell that goes on for longer was never closed. */
export const maxRecordLength = 1024 * 1024;
export const previewRows = 50;
export const mostRejectedListed = 200;
/** Characters of a rejected row that are shown. */
export const shownText = 160;
