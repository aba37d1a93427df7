import { AthanorError } from '../../bindings/index';

/** What a call throws. */
export function thrown(call: () => unknown): AthanorError {
  try {
    call();
  } catch (error) {
    if (error instanceof AthanorError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
