// Published works that the references of fields name, each with its title and the address it is found at for good.
export interface Reference {
  name: string;
  title: string;
  url: string;
}

const arxiv = (name: string, title: string, id: string): Reference => ({
  name,
  title,
  url: `https://arxiv.org/abs/${id}`,
});
const doi = (name: string, title: string, id: string): Reference => ({
  name,
  title,
  url: `https://doi.org/${id}`,
});
const at = (name: string, title: string, url: string): Reference => ({ name, title, url });

// Data, and what is done to it.
export const salmon = doi(
  'Salmon et al. 2011',
  'Parallel random numbers: as easy as 1, 2, 3',
  '10.1145/2063384.2063405',
);
export const kriener = arxiv('Kriener et al. 2022', 'The Yin-Yang dataset', '2102.08211');
export const imbalanced = doi('He & Garcia 2009', 'Learning from Imbalanced Data', '10.1109/TKDE.2008.239');
export const stevens = doi(
  'Stevens 1946',
  'On the Theory of Scales of Measurement',
  '10.1126/science.103.2684.677',
);
export const guo = arxiv('Guo & Berkhahn 2016', 'Entity Embeddings of Categorical Variables', '1604.06737');
export const rubin = doi('Rubin 1976', 'Inference and missing data', '10.1093/biomet/63.3.581');
export const barz = arxiv(
  'Barz & Denzler 2020',
  'Do We Train on Test Data? Purging CIFAR of Near-Duplicates',
  '1902.00423',
);
export const grubbs = doi(
  'Grubbs 1969',
  'Procedures for Detecting Outlying Observations in Samples',
  '10.1080/00401706.1969.10490657',
);
export const tukey = at(
  'Tukey 1977',
  'Exploratory Data Analysis',
  'https://en.wikipedia.org/wiki/Interquartile_range#Outliers',
);
export const wilson = doi(
  'Wilson 1972',
  'Asymptotic Properties of Nearest Neighbor Rules Using Edited Data',
  '10.1109/TSMC.1972.4309137',
);
export const shorten = doi(
  'Shorten & Khoshgoftaar 2019',
  'A survey on Image Data Augmentation for Deep Learning',
  '10.1186/s40537-019-0197-0',
);
export const bishop = doi(
  'Bishop 1995',
  'Training with Noise is Equivalent to Tikhonov Regularization',
  '10.1162/neco.1995.7.1.108',
);
export const simard = doi(
  'Simard et al. 2003',
  'Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis',
  '10.1109/ICDAR.2003.1227801',
);
export const mixup = arxiv('Zhang et al. 2018', 'mixup: Beyond Empirical Risk Minimization', '1710.09412');
export const hastie = doi(
  'Hastie et al. 2009',
  'The Elements of Statistical Learning, chapter 7',
  '10.1007/978-0-387-84858-7',
);
export const kohavi = at(
  'Kohavi 1995',
  'A Study of Cross-Validation and Bootstrap for Accuracy Estimation and Model Selection',
  'https://www.ijcai.org/Proceedings/95-2/Papers/016.pdf',
);
export const stone = doi(
  'Stone 1974',
  'Cross-Validatory Choice and Assessment of Statistical Predictions',
  '10.1111/j.2517-6161.1974.tb00994.x',
);

// The network.
export const hornik = doi(
  'Hornik et al. 1989',
  'Multilayer feedforward networks are universal approximators',
  '10.1016/0893-6080(89)90020-8',
);
export const rumelhart = doi(
  'Rumelhart et al. 1986',
  'Learning representations by back-propagating errors',
  '10.1038/323533a0',
);
export const backprop = doi('LeCun et al. 1998', 'Efficient BackProp', '10.1007/3-540-49430-8_2');
export const glorot = at(
  'Glorot & Bengio 2010',
  'Understanding the difficulty of training deep feedforward neural networks',
  'https://proceedings.mlr.press/v9/glorot10a.html',
);
export const rectifier = at(
  'Glorot et al. 2011',
  'Deep Sparse Rectifier Neural Networks',
  'https://proceedings.mlr.press/v15/glorot11a.html',
);
export const maas = at(
  'Maas et al. 2013',
  'Rectifier Nonlinearities Improve Neural Network Acoustic Models',
  'https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf',
);
export const elu = arxiv(
  'Clevert et al. 2016',
  'Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)',
  '1511.07289',
);
export const selu = arxiv('Klambauer et al. 2017', 'Self-Normalizing Neural Networks', '1706.02515');
export const gelu = arxiv('Hendrycks & Gimpel 2016', 'Gaussian Error Linear Units (GELUs)', '1606.08415');
export const silu = arxiv(
  'Elfwing et al. 2018',
  'Sigmoid-Weighted Linear Units for Neural Network Function Approximation in Reinforcement Learning',
  '1702.03118',
);
export const binaryConnect = arxiv(
  'Courbariaux et al. 2015',
  'BinaryConnect: Training Deep Neural Networks with binary weights during propagations',
  '1511.00363',
);
export const binarized = arxiv(
  'Courbariaux et al. 2016',
  'Binarized Neural Networks: Training Deep Neural Networks with Weights and Activations Constrained to +1 or -1',
  '1602.02830',
);
export const mobileNet = arxiv('Howard et al. 2019', 'Searching for MobileNetV3', '1905.02244');
export const bridle = doi(
  'Bridle 1990',
  'Probabilistic Interpretation of Feedforward Classification Network Outputs, with Relationships to Statistical Pattern Recognition',
  '10.1007/978-3-642-76153-9_28',
);
export const saxe = arxiv(
  'Saxe et al. 2014',
  'Exact solutions to the nonlinear dynamics of learning in deep linear neural networks',
  '1312.6120',
);
export const he = arxiv(
  'He et al. 2015',
  'Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification',
  '1502.01852',
);
export const residual = arxiv('He et al. 2016', 'Deep Residual Learning for Image Recognition', '1512.03385');
export const dropout = at(
  'Srivastava et al. 2014',
  'Dropout: A Simple Way to Prevent Neural Networks from Overfitting',
  'https://jmlr.org/papers/v15/srivastava14a.html',
);
export const layerNorm = arxiv('Ba et al. 2016', 'Layer Normalization', '1607.06450');
export const batchNorm = arxiv(
  'Ioffe & Szegedy 2015',
  'Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift',
  '1502.03167',
);
export const rmsNorm = arxiv('Zhang & Sennrich 2019', 'Root Mean Square Layer Normalization', '1910.07467');
export const groupNorm = arxiv('Wu & He 2018', 'Group Normalization', '1803.08494');

// Losses.
export const cox = doi(
  'Cox 1958',
  'The Regression Analysis of Binary Sequences',
  '10.1111/j.2517-6161.1958.tb00292.x',
);
export const koenker = doi('Koenker & Bassett 1978', 'Regression Quantiles', '10.2307/1913643');
export const huber = doi(
  'Huber 1964',
  'Robust Estimation of a Location Parameter',
  '10.1214/aoms/1177703732',
);
export const saleh = arxiv(
  'Saleh & Saleh 2022',
  'Statistical Properties of the log-cosh Loss Function Used in Machine Learning',
  '2208.04564',
);
export const cortes = doi('Cortes & Vapnik 1995', 'Support-vector networks', '10.1007/BF00994018');
export const kullback = doi(
  'Kullback & Leibler 1951',
  'On Information and Sufficiency',
  '10.1214/aoms/1177729694',
);
export const deepLearning = at(
  'Goodfellow et al. 2016',
  'Deep Learning, chapter 6',
  'https://www.deeplearningbook.org/contents/mlp.html',
);
export const inception = arxiv(
  'Szegedy et al. 2016',
  'Rethinking the Inception Architecture for Computer Vision',
  '1512.00567',
);
export const rareEvents = doi(
  'King & Zeng 2001',
  'Logistic Regression in Rare Events Data',
  '10.1093/oxfordjournals.pan.a004868',
);

// Training.
export const robbins = doi(
  'Robbins & Monro 1951',
  'A Stochastic Approximation Method',
  '10.1214/aoms/1177729586',
);
export const polyak = doi(
  'Polyak 1964',
  'Some methods of speeding up the convergence of iteration methods',
  '10.1016/0041-5553(64)90137-5',
);
export const sutskever = at(
  'Sutskever et al. 2013',
  'On the importance of initialization and momentum in deep learning',
  'https://proceedings.mlr.press/v28/sutskever13.html',
);
export const adam = arxiv('Kingma & Ba 2015', 'Adam: A Method for Stochastic Optimization', '1412.6980');
export const adamw = arxiv('Loshchilov & Hutter 2019', 'Decoupled Weight Decay Regularization', '1711.05101');
export const adagrad = at(
  'Duchi et al. 2011',
  'Adaptive Subgradient Methods for Online Learning and Stochastic Optimization',
  'https://jmlr.org/papers/v12/duchi11a.html',
);
export const adadelta = arxiv('Zeiler 2012', 'ADADELTA: An Adaptive Learning Rate Method', '1212.5701');
export const rmsprop = at(
  'Hinton 2012',
  'Neural Networks for Machine Learning, lecture 6',
  'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
);
export const lion = arxiv('Chen et al. 2023', 'Symbolic Discovery of Optimization Algorithms', '2302.06675');
export const muon = at(
  'Jordan et al. 2024',
  'Muon: An optimizer for hidden layers in neural networks',
  'https://kellerjordan.github.io/posts/muon/',
);
export const radam = arxiv(
  'Liu et al. 2020',
  'On the Variance of the Adaptive Learning Rate and Beyond',
  '1908.03265',
);
export const practical = arxiv(
  'Bengio 2012',
  'Practical recommendations for gradient-based training of deep architectures',
  '1206.5533',
);
export const keskar = arxiv(
  'Keskar et al. 2017',
  'On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima',
  '1609.04836',
);
export const reshuffling = arxiv(
  'Gürbüzbalaban et al. 2021',
  'Why Random Reshuffling Beats Stochastic Gradient Descent',
  '1510.08560',
);
export const ott = arxiv('Ott et al. 2018', 'Scaling Neural Machine Translation', '1806.00187');
export const deepLab = arxiv(
  'Chen et al. 2018',
  'DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs',
  '1606.00915',
);
export const sgdr = arxiv(
  'Loshchilov & Hutter 2017',
  'SGDR: Stochastic Gradient Descent with Warm Restarts',
  '1608.03983',
);
export const oneCycle = arxiv(
  'Smith & Topin 2018',
  'Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates',
  '1708.07120',
);
export const warmup = arxiv(
  'Goyal et al. 2017',
  'Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour',
  '1706.02677',
);
export const lasso = doi(
  'Tibshirani 1996',
  'Regression Shrinkage and Selection via the Lasso',
  '10.1111/j.2517-6161.1996.tb02080.x',
);
export const ridge = doi(
  'Hoerl & Kennard 1970',
  'Ridge Regression: Biased Estimation for Nonorthogonal Problems',
  '10.1080/00401706.1970.10488634',
);
export const graves = arxiv(
  'Graves 2013',
  'Generating Sequences With Recurrent Neural Networks',
  '1308.0850',
);
export const pascanu = arxiv(
  'Pascanu et al. 2013',
  'On the difficulty of training Recurrent Neural Networks',
  '1211.5063',
);
export const averaging = doi(
  'Polyak & Juditsky 1992',
  'Acceleration of Stochastic Approximation by Averaging',
  '10.1137/0330046',
);
export const alexNet = doi(
  'Krizhevsky et al. 2012',
  'ImageNet Classification with Deep Convolutional Neural Networks',
  '10.1145/3065386',
);
export const prechelt = doi('Prechelt 1998', 'Early Stopping – But When?', '10.1007/3-540-49430-8_3');
