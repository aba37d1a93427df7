// 各种设置表单的用语：全部设置、单项设置，以及改动对训练的影响。
import type { LaterCatalogue } from '../catalogue';

export const settings: LaterCatalogue['settings'] = {
  open: '全部设置',
  openHint: '实验的每一项设置，可以搜索',
  title: '全部设置',
  search: '搜索，例如“随机失活”',
  changed: '只看改过的',
  changedHint: '只列出与默认值不同的',
  reset: '恢复为 {value}',
  empty: '（空）',
  items: '最初的 {count} 项',
  idle: '照现在的其他设置，它不起作用',
  none: '没有哪项设置含有这些词。',
  jumps: {
    layers: '到网络图里设置',
    columns: '到数据栏里设置',
    table: '到数据栏里设置',
  },
  restarted: '改了“{name}”，训练已从头开始。',
  ofLayer: '第 {number} 层：{name}',
  variant: '引擎：{variant} · 每秒 {speed} 步',
  sections: {
    seed: '随机',
    data: '数据',
    prepare: '预处理',
    clean: '清洗',
    augment: '增强',
    split: '划分',
    model: '网络',
    training: '训练',
    optimise: '优化',
    done: '何时结束',
  },
};
