// 全部设置的列表和快捷键单子里的话。
import type { Part } from '../catalogue';
import type { sheets as source } from '../en/sheets';

export const sheets: Part<typeof source> = {
  allSettings: {
    title: '全部设置',
    search: '搜索：“学习率”“裁剪”“离群”……',
    changed: '只看改过的',
    changedHint: '只列出与默认值不同的',
    reset: '恢复为 {value}',
    empty: '（空）',
    idle: '照现在的其他设置，它不起作用',
    none: '没有哪项设置含有这些词。单独一层的设置在网络图里：点那一层的激活函数。',
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
  },
  keySheet: {
    keys: {
      run: '开始或暂停',
      batch: '走一批',
      epoch: '走一轮',
      stage: '走一个阶段',
      rewind: '回到开头',
      inspect: '把下一步拆开来看',
      settings: '全部设置',
      start: '上手的实验',
      save: '把实验存为文件',
      open: '打开文件',
      sheet: '这张单子',
    },
    space: '空格',
    note: '不在输入文字时随处可用。Tab 键走遍所有控件；Esc 键关掉最上面的一层。',
  },
};
