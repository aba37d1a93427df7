// Adding, removing and moving hidden layers: lists of layers in, lists out. Residual edges name their layer, by its number
// where it has no name: the number follows the layer.
import type { Field, Layer } from 'athanor';

const prefix = 'model.layers[].';

/** One more at the end, with the activation of the last. */
export function added(layers: readonly Layer[], fields: readonly Field[]): Layer[] {
  const defaults = Object.fromEntries(
    fields
      .filter(({ path }) => path.startsWith(prefix))
      .map((field) => [field.path.slice(prefix.length), field.default]),
  ) as Layer;
  return [...layers, { ...defaults, activation: layers.at(-1)?.activation ?? defaults.activation }];
}

export function layerName(layers: readonly Layer[], index: number): string {
  return layers[index]?.name || String(index + 1);
}

/** The layers in another order, `order[k]` being where the k-th stood; an edge whose layer is gone is none. */
function reordered(layers: readonly Layer[], order: readonly number[]): Layer[] {
  const next = order.flatMap((from) => layers[from] ?? []);
  return next.map((layer) => {
    const source = layers.findIndex((_, index) => layerName(layers, index) === layer.residual);
    if (source < 0) return layer;
    const now = order.indexOf(source);
    return { ...layer, residual: now < 0 ? '' : layerName(next, now) };
  });
}

export function removed(layers: readonly Layer[], index: number): Layer[] {
  return reordered(
    layers,
    [...layers.keys()].filter((other) => other !== index),
  );
}

/** The layer at `from` comes to stand at `to`. */
export function moved(layers: readonly Layer[], from: number, to: number): Layer[] {
  const order = [...layers.keys()].filter((index) => index !== from);
  order.splice(Math.max(0, Math.min(layers.length - 1, to)), 0, from);
  return reordered(layers, order);
}
