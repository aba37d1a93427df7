import type { Layer } from 'athanor';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import { added, layerName, moved, removed } from '../../web/src/state/layers';

const engine = await loadEngine({ variant: 'simd' });
const fields = engine.fields();

/** Layers of 1, 2, 3 … neurons, as the engine completes them. */
function layersOf(...given: Partial<Layer>[]): Layer[] {
  const document = engine.complete({
    model: { layers: given.map((layer, index) => ({ units: index + 1, ...layer })) },
  });
  return document.model.layers;
}
const units = (layers: Layer[]) => layers.map((layer) => layer.units);
const edges = (layers: Layer[]) => layers.map(({ residual }) => residual);

/** What an edge adds has as many neurons as what it is added to. */
const same = { units: 4 };

describe('layers', () => {
  it('are added at the end, complete, with the activation of the last', () => {
    const [first, second] = added(layersOf({ activation: 'relu' }), fields);
    expect(first?.units).toBe(1);
    expect(second?.activation).toBe('relu');
    expect(engine.validate({ model: { layers: [first, second] } })).toEqual([]);
    expect(added([], fields)).toHaveLength(1);
  });

  it('move either way, and no further than the ends', () => {
    const layers = layersOf({}, {}, {});
    expect(units(moved(layers, 0, 1))).toEqual([2, 1, 3]);
    expect(units(moved(layers, 2, 0))).toEqual([3, 1, 2]);
    expect(units(moved(layers, 1, 9))).toEqual([1, 3, 2]);
    expect(units(moved(layers, 1, -9))).toEqual([2, 1, 3]);
  });

  it('keep their residual edges when others move: numbers follow their layer, names stay', () => {
    const layers = layersOf(
      same,
      { ...same, name: 'stem' },
      { ...same, residual: '1' },
      { ...same, residual: 'stem' },
      { units: 2, residual: '' },
    );
    const swapped = moved(layers, 0, 1);
    expect(edges(swapped)).toEqual(['', '', '2', 'stem', '']);
    expect(swapped.map((_, index) => layerName(swapped, index))).toEqual(['stem', '2', '3', '4', '5']);
  });

  it('lose the edges whose layer is removed, and only those', () => {
    const layers = layersOf(same, same, { ...same, residual: '1' }, { ...same, residual: '2' });
    expect(edges(removed(layers, 0))).toEqual(['', '', '1']);
    expect(edges(removed(layers, 1))).toEqual(['', '1', '']);
    expect(units(removed(layersOf({}, {}, {}), 1))).toEqual([1, 3]);
    expect(removed(layersOf({}), 0)).toEqual([]);
  });
});
