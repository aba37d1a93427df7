// One neuron less, as JavaScript asks for it.
import { expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { thrown } from './thrown';

const engine = await loadEngine({ variant: 'simd' });

it('a neuron is taken out of the network under way, which goes on', () => {
  const session = engine.createSession({ model: { layers: [{ units: 5 }, { units: 1 }] } });
  expect(thrown(() => session.removeNeuron(0, 1)).path).toBe('network');
  session.stepEpoch();
  const { step } = session.status();
  const kept = session.unit(0, 4).weights;
  session.removeNeuron(0, 1);
  expect(session.document().model.layers.map(({ units }) => units)).toEqual([4, 1]);
  expect(session.status()).toMatchObject({ step, parameters: 12 + 5 + 4, restartNeeded: false });
  expect(session.unit(0, 3).weights).toEqual(kept);
  expect(thrown(() => session.removeNeuron(1, 0))).toMatchObject({
    code: 'last_neuron',
    params: { layer: '2' },
  });
  expect(thrown(() => session.removeNeuron(2, 0)).code).toBe('not_hidden');
  expect(thrown(() => session.removeNeuron(0, 4)).params['expected']).toBe('0 to 3');
  const restored = engine.restoreSession(session.checkpoint());
  for (const each of [session, restored]) each.stepEpoch();
  expect(restored.status().loss).toBe(session.status().loss);
  restored.delete();
  session.delete();
});
