// 中文。这个文件夹里的每个文件都与 en/ 中同名的一个形状相同：少一个键就不能通过编译。
import type { Catalogue } from '../catalogue';
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

export const zh: Catalogue = {
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
