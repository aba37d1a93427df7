// Where the ideas behind the settings come from. A link is followed only when a person clicks on it.
import * as works from './works';
import type { Reference } from './works';

/** Of a field, or of its choices; `otherwise` those that have no work of their own. */
type Source = Reference | Record<string, Reference>;

const initializer: Source = {
  xavier_uniform: works.glorot,
  xavier_normal: works.glorot,
  he_uniform: works.he,
  he_normal: works.he,
  orthogonal: works.saxe,
  lecun_normal: works.backprop,
  lecun_uniform: works.backprop,
  uniform: works.backprop,
  normal: works.backprop,
  truncated_normal: works.backprop,
  zeros: works.rumelhart,
  constant: works.rumelhart,
};
const activation: Source = {
  linear: works.saxe,
  sigmoid: works.rumelhart,
  tanh: works.backprop,
  relu: works.rectifier,
  leaky_relu: works.maas,
  elu: works.elu,
  selu: works.selu,
  gelu: works.gelu,
  gelu_tanh: works.gelu,
  silu: works.silu,
  softplus: works.rectifier,
  hard_sigmoid: works.binaryConnect,
  hard_tanh: works.binarized,
  hard_swish: works.mobileNet,
  softmax: works.bridle,
  log_softmax: works.bridle,
  softsign: works.glorot,
};

const references: Record<string, Source> = {
  seed: works.salmon,
  'data.generator': { yin_yang: works.kriener },
  'data.first_share': works.imbalanced,
  'data.table.columns[].kind': works.stevens,
  'data.table.columns[].embedding': works.guo,
  'prepare.scaling': works.backprop,
  'prepare.target_scaling': works.backprop,
  'clean.missing': works.rubin,
  'clean.duplicates': works.barz,
  'clean.outliers': { interquartile: works.tukey, otherwise: works.grubbs },
  'clean.outlier_limit': works.grubbs,
  'clean.labels': works.wilson,
  'clean.neighbours': works.wilson,
  'augment.copies': works.shorten,
  'augment.jitter': works.bishop,
  'augment.rotation': works.simard,
  'augment.scaling': works.simard,
  'augment.shift': works.simard,
  'augment.flip': works.shorten,
  'augment.mixing': works.mixup,
  'split.validation': works.hastie,
  'split.test': works.hastie,
  'split.stratified': works.kohavi,
  'split.folds': works.stone,
  'split.fold': works.stone,
  'model.layers': works.hornik,
  'model.layers[].units': works.hornik,
  'model.layers[].activation': activation,
  'model.layers[].dropout': works.dropout,
  'model.layers[].norm': {
    layer: works.layerNorm,
    batch: works.batchNorm,
    rms: works.rmsNorm,
    group: works.groupNorm,
    otherwise: works.batchNorm,
  },
  'model.layers[].initializer': { ...initializer, otherwise: works.backprop },
  'model.layers[].initializer_value': works.backprop,
  'model.layers[].residual': works.residual,
  'model.output_activation': activation,
  'model.initializer': initializer,
  'model.initializer_value': works.backprop,
  'training.loss': {
    cross_entropy: works.bridle,
    binary_cross_entropy: works.cox,
    squared_error: works.rumelhart,
    absolute_error: works.koenker,
    huber: works.huber,
    log_cosh: works.saleh,
    hinge: works.cortes,
    kl_divergence: works.kullback,
    otherwise: works.deepLearning,
  },
  'training.label_smoothing': works.inception,
  'training.class_weights': works.rareEvents,
  'training.huber_delta': works.huber,
  'training.optimizer': {
    sgd: works.robbins,
    nesterov: works.sutskever,
    adam: works.adam,
    adamw: works.adamw,
    adagrad: works.adagrad,
    adadelta: works.adadelta,
    rmsprop: works.rmsprop,
    lion: works.lion,
    muon: works.muon,
    radam: works.radam,
  },
  'training.learning_rate': works.practical,
  'training.momentum': works.polyak,
  'training.beta1': works.adam,
  'training.beta2': works.adam,
  'training.rho': works.adadelta,
  'training.epsilon': works.adam,
  'training.weight_decay': works.adamw,
  'training.batch_size': works.keskar,
  'training.sampling': {
    shuffle: works.reshuffling,
    replacement: works.robbins,
    balanced: works.imbalanced,
  },
  'training.accumulate': works.ott,
  'training.schedule': {
    polynomial: works.deepLab,
    cosine: works.sgdr,
    one_cycle: works.oneCycle,
    otherwise: works.practical,
  },
  'training.warmup': works.warmup,
  'training.schedule_period': works.sgdr,
  'training.schedule_factor': works.practical,
  'training.schedule_power': works.deepLab,
  'training.schedule_growth': works.sgdr,
  'training.schedule_floor': works.sgdr,
  'training.l1': works.lasso,
  'training.l2': works.ridge,
  'training.max_norm': works.dropout,
  'training.clip_value': works.graves,
  'training.clip_norm': works.pascanu,
  'training.average': works.averaging,
  'optimise.plateau': works.alexNet,
  'optimise.patience': works.prechelt,
  'optimise.factor': works.alexNet,
  'optimise.min_learning_rate': works.alexNet,
  'optimise.threshold': works.prechelt,
  'done.max_epochs': works.practical,
  'done.patience': works.prechelt,
  'done.restore_best': works.prechelt,
};

function isOne(source: Source): source is Reference {
  return typeof source['url'] === 'string';
}

/** The work behind a field, or behind the choice that it has now; null where it is plain bookkeeping. */
export function referenceOf(path: string, value: string): Reference | null {
  const source = references[path.replace(/\[\d+\]/, '[]')];
  if (source === undefined) return null;
  if (isOne(source)) return source;
  return source[value] ?? source['otherwise'] ?? null;
}

/** Of one field with several values, as of several layers: each work once. */
export function referencesOf(path: string, values: readonly string[]): Reference[] {
  return [...new Set(values.flatMap((value) => referenceOf(path, value) ?? []))];
}

/** All of them, for tests. */
export const allReferences = references;
