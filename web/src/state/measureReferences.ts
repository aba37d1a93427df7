// Where the measures come from. A link is followed only when a person clicks on it.
import type { Reference as Work } from './works';

type Reference = Omit<Work, 'title'>;

const doi = (name: string, id: string): Reference => ({
  name,
  url: `https://doi.org/${encodeURIComponent(id).replaceAll('%2F', '/')}`,
});

const sokolova = doi('Sokolova & Lapalme 2009', '10.1016/j.ipm.2009.03.002');
const willmott = doi('Willmott & Matsuura 2005', '10.3354/cr030079');

/** By the measure's name in the engine's report. */
export const measureReferences: Partial<Record<string, Reference>> = {
  accuracy: sokolova,
  averages: sokolova,
  balancedAccuracy: doi('Brodersen et al. 2010', '10.1109/ICPR.2010.764'),
  matthews: doi('Gorodkin 2004', '10.1016/j.compbiolchem.2004.09.006'),
  kappa: doi('Cohen 1960', '10.1177/001316446002000104'),
  logLoss: doi('Good 1952', '10.1111/j.2517-6161.1952.tb00104.x'),
  brier: doi('Brier 1950', '10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2'),
  rocAuc: doi('Fawcett 2006', '10.1016/j.patrec.2005.10.010'),
  averagePrecision: doi('Davis & Goadrich 2006', '10.1145/1143844.1143874'),
  mae: willmott,
  rmse: willmott,
  r2: doi('Kvålseth 1985', '10.1080/00031305.1985.10479448'),
  folds: doi('Stone 1974', '10.1111/j.2517-6161.1974.tb00994.x'),
};
