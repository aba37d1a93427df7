// A worker whose runner was killed would go on with its test and then turn in circles for good: it ends as well, and the
// browsers it drives with it. Not by process.exit(), which Vitest replaces.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
