// English. Every file of this folder has its counterpart in zh/.
import { curves } from './curves';
import { diagnosis } from './diagnosis';
import { errors } from './errors';
import { examples } from './examples';
import { fields } from './fields';
import { page } from './page';
import { shell } from './shell';

export const en = { ...page, ...examples, ...fields, ...errors, ...diagnosis, ...curves, ...shell };
