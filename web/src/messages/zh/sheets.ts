// 快捷键单子里的话。
import type { Part } from '../catalogue';
import type { sheets as source } from '../en/sheets';

export const sheets: Part<typeof source> = {
  keySheet: {
    title: '键盘',
    open: '键盘快捷键',
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
