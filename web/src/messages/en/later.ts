// English of what is fetched when the page has something to show: dialogs and the tour.
import { curves } from './curves';
import { diagnosis } from './diagnosis';
import { embedding } from './embedding';
import { files } from './files';
import { importing } from './importing';
import { inNumbers } from './innumbers';
import { measuring } from './measuring';
import { motion } from './motion';
import { networkKeys } from './networkkeys';
import { numbers } from './numbers';
import { paintingKeys } from './paintingkeys';
import { sheets } from './sheets';
import { stageWords } from './stagewords';
import { preparing } from './preparing';
import { presets } from './presets';
import { removal } from './removal';
import { rows } from './rows';
import { settings } from './settings';
import { starts } from './starts';
import { step } from './step';
import { tour } from './tour';

export const later = {
  ...sheets,
  ...curves,
  ...diagnosis,
  ...preparing,
  ...presets,
  ...starts,
  ...tour,
  embedding,
  files,
  importing,
  inNumbers,
  measuring,
  motion,
  networkKeys,
  numbers,
  paintingKeys,
  stageWords,
  removal,
  rows,
  settings,
  stepInspector: step,
};
