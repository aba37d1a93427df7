// Where the ideas behind the settings come from. A link is followed only when a person clicks on it.
export interface Reference {
  name: string;
  url: string;
}

const arxiv = (name: string, id: string): Reference => ({ name, url: `https://arxiv.org/abs/${id}` });
const doi = (name: string, id: string): Reference => ({ name, url: `https://doi.org/${id}` });

const adam = arxiv('Kingma & Ba 2015', '1412.6980');
const glorot: Reference = {
  name: 'Glorot & Bengio 2010',
  url: 'https://proceedings.mlr.press/v9/glorot10a.html',
};
const he = arxiv('He et al. 2015', '1502.01852');
const sgdr = arxiv('Loshchilov & Hutter 2017', '1608.03983');
const dropout: Reference = {
  name: 'Srivastava et al. 2014',
  url: 'https://jmlr.org/papers/v15/srivastava14a.html',
};

/** By path, and where a field is a choice by its value. */
const references: Record<string, Reference | Record<string, Reference>> = {
  'data.generator': {
    yin_yang: arxiv('Kriener et al. 2022', '2102.08211'),
  },
  'clean.outliers': {
    interquartile: { name: 'Tukey 1977', url: 'https://en.wikipedia.org/wiki/Interquartile_range' },
  },
  'clean.labels': {
    drop: doi('Wilson 1972', '10.1109/TSMC.1972.4309137'),
    relabel: doi('Wilson 1972', '10.1109/TSMC.1972.4309137'),
  },
  'augment.mixing': arxiv('Zhang et al. 2018', '1710.09412'),
  'split.folds': { name: 'Stone 1974', url: 'https://doi.org/10.1111/j.2517-6161.1974.tb00994.x' },
  'training.optimizer': {
    sgd: { name: 'Robbins & Monro 1951', url: 'https://doi.org/10.1214/aoms/1177729586' },
    nesterov: { name: 'Sutskever et al. 2013', url: 'https://proceedings.mlr.press/v28/sutskever13.html' },
    adam,
    adamw: arxiv('Loshchilov & Hutter 2019', '1711.05101'),
    adagrad: { name: 'Duchi et al. 2011', url: 'https://jmlr.org/papers/v12/duchi11a.html' },
    adadelta: arxiv('Zeiler 2012', '1212.5701'),
    rmsprop: {
      name: 'Hinton 2012',
      url: 'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
    },
    lion: arxiv('Chen et al. 2023', '2302.06675'),
    muon: { name: 'Jordan et al. 2024', url: 'https://kellerjordan.github.io/posts/muon/' },
    radam: arxiv('Liu et al. 2020', '1908.03265'),
  },
  'training.beta1': adam,
  'training.beta2': adam,
  'training.schedule': { cosine: sgdr, one_cycle: arxiv('Smith & Topin 2018', '1708.07120') },
  'training.warmup': arxiv('Goyal et al. 2017', '1706.02677'),
  'training.label_smoothing': arxiv('Szegedy et al. 2016', '1512.00567'),
  'training.clip_norm': arxiv('Pascanu et al. 2013', '1211.5063'),
  'training.max_norm': dropout,
  'training.average': { name: 'Polyak & Juditsky 1992', url: 'https://doi.org/10.1137/0330046' },
  'training.loss': { huber: { name: 'Huber 1964', url: 'https://doi.org/10.1214/aoms/1177703732' } },
  'model.initializer': {
    xavier_uniform: glorot,
    xavier_normal: glorot,
    he_uniform: he,
    he_normal: he,
    orthogonal: arxiv('Saxe et al. 2014', '1312.6120'),
    lecun_normal: { name: 'LeCun et al. 1998', url: 'https://doi.org/10.1007/3-540-49430-8_2' },
    lecun_uniform: { name: 'LeCun et al. 1998', url: 'https://doi.org/10.1007/3-540-49430-8_2' },
  },
  'model.layers[].dropout': dropout,
  'model.layers[].norm': {
    layer: arxiv('Ba et al. 2016', '1607.06450'),
    batch: arxiv('Ioffe & Szegedy 2015', '1502.03167'),
    rms: arxiv('Zhang & Sennrich 2019', '1910.07467'),
    group: arxiv('Wu & He 2018', '1803.08494'),
  },
  'model.layers[].residual': arxiv('He et al. 2016', '1512.03385'),
  'done.patience': { name: 'Prechelt 1998', url: 'https://doi.org/10.1007/3-540-49430-8_3' },
};

/** The source of a field, or of the choice that it has now; null where there is none to name. */
export function referenceOf(path: string, value: string): Reference | null {
  const found = references[path.replace(/\[\d+\]/, '[]')];
  if (found === undefined) return null;
  if (typeof found['url'] === 'string') return found as Reference;
  return (found as Record<string, Reference>)[value] ?? null;
}

/** All of them, for tests. */
export const allReferences = references;
