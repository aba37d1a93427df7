// English. Every file of this folder has its counterpart in zh/.
import { drawing } from './drawing';
import { embed } from './embed';
import { empty } from './empty';
import { errors } from './errors';
import { examples } from './examples';
import { fields } from './fields';
import { judging } from './judging';
import { offline } from './offline';
import { openers } from './openers';
import { page } from './page';
import { painting } from './painting';
import { shell } from './shell';

export const en = {
  ...drawing,
  ...empty,
  ...errors,
  ...examples,
  ...fields,
  ...judging,
  ...page,
  ...painting,
  ...shell,
  embed,
  offline,
  openers,
};
