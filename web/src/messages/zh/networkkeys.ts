// 快捷键单子上，网络图的那一部分。
import type { Part } from '../catalogue';
import type { networkKeys as source } from '../en/networkkeys';

export const networkKeys: Part<typeof source> = {
  title: '网络图',
  note: '焦点在网络图上时可用。',
  walk: '在神经元和权重之间走动',
  enter: '回车',
  numbers: '打开数值，可以修改',
  remove: '删去神经元（光标在输入框里时只删文字）',
};
