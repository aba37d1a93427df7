// What the engine does until the page shows its first training frame, as the page's worker asks for it. `split.mjs` puts the
// functions that run here into the module that is loaded first, all others into the one that comes after it. What is missing
// here is no fault, but makes the page wait for the second module.

/** @param {import('../build/engine/athanor.d.ts').MainModule} engine */
export function firstFrame(engine) {
  engine.version();
  engine.defaults();
  engine.fields();
  engine.generators();
  const session = engine.createSession({});
  while (session.status().stage !== 'train') session.stepStageFor(12);
  session.rewind();
  session.document();
  for (let frame = 0; frame < 3; ++frame) {
    session.advance(60_000, 1); // an epoch, however slow the machine: the modules must not depend on it
    session.status();
    const [x, y] = session.axes();
    session.history(0);
    session.points(x, y);
    session.grid(80, x, y);
  }
  session.delete();
}
