// Cross-validation beside the run: the page asks for one slice of work after the other, so that it can stop whenever it likes.
import type { CrossValidation, Engine, ValidationReport } from 'athanor';
import type { Calls } from './protocol';

/** Long beside what a message costs, short beside what a person calls waiting. */
const sliceMilliseconds = 40;

export class FoldRunner {
  #validation: CrossValidation | null = null;

  /** Where the folds stand; null when none are under way. Throws what the engine refuses, and ends with it. */
  answer(engine: Engine, args: Calls['crossValidate']['args']): ValidationReport | null {
    if (args.act !== 'go') this.#end();
    if (args.act === 'begin') {
      const { document, folds } = args;
      const split = { ...document.split, folds, fold: 1 };
      this.#validation = engine.createCrossValidation({ ...document, split });
    }
    if (this.#validation === null) return null;
    try {
      if (args.act === 'go') this.#validation.advance(sliceMilliseconds);
      const report = this.#validation.report();
      if (report.finished) this.#end();
      return report;
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  #end(): void {
    this.#validation?.delete();
    this.#validation = null;
  }
}
