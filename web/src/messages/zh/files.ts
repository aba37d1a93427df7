// 实验存成文件，以及“更多”菜单。
import type { Part } from '../catalogue';
import type { files as source } from '../en/files';

export const files: Part<typeof source> = {
  save: '存为文件',
  saveHint: '整个实验，连同数据',
  open: '打开文件',
  openHint: '存下的实验或一张表格，也可以直接拖到页面上',
  errors: {
    empty: '{name} 是空文件。屏幕上的实验没有动。',
    notJson: '{name} 已损坏：第 {line} 行第 {column} 列不符合 JSON 格式。屏幕上的实验没有动。',
    noExperiment: '{name} 里没有实验。屏幕上的实验没有动。',
    tooLarge: '{name} 有 {size}，实验文件最大 {max}。',
  },
};
