// Of the flowchart's stages: how each stands.
export const stageWords = {
  plain: '{stage}: {state}.',
  figure: '{stage}: {state}, {figure}',
  words: {
    idle: 'not yet',
    running: 'running',
    standing: 'next',
    done: 'done',
    skipped: 'skipped',
    failed: 'failed',
  },
};
