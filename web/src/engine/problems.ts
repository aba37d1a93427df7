// What the engine refuses, as the worker tells it.
import { AthanorError, type Problem } from 'athanor';

export function problemOf(error: unknown): Problem {
  if (error instanceof AthanorError) {
    return { code: error.code, path: error.path, message: error.message, params: { ...error.params } };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'internal', path: '', message: detail, params: { detail } };
}

/** What a call gives that not every run can answer; null then. */
export function ifAnswered<Value>(call: () => Value): Value | null {
  try {
    return call();
  } catch (error) {
    if (error instanceof AthanorError) return null;
    throw error;
  }
}
