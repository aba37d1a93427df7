// 快捷键单子上，编辑数据点的那一部分。
import type { Part } from '../catalogue';
import type { paintingKeys as source } from '../en/paintingkeys';

export const paintingKeys: Part<typeof source> = {
  title: '编辑数据点',
  note: '光标在画纸上时可用；撤销和重做在编辑数据点时随处可用。',
  shift: 'Shift',
  classes: '选类别',
  cursor: '移动光标',
  leap: '移得远些',
  use: '在光标处使用工具',
  letGo: '放下拿起的点',
  undo: '撤销',
  redo: '重做',
};
