// A failure a person can act on.

/** What went wrong (`message`), the end of the output that shows it, the full log, and what to try. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {{ lines?: string[], log?: string, hint?: string }} [details]
   */
  constructor(message, { lines = [], log, hint } = {}) {
    super(message);
    this.lines = lines;
    this.log = log;
    this.hint = hint;
  }
}
