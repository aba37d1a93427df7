// 后来才取的那些东西，在页面上的入口。
import type { Part } from '../catalogue';
import type { openers as source } from '../en/openers';

export const openers: Part<typeof source> = {
  start: '入门',
  startHint: '五个上手的实验（N）',
  more: '更多',
  moreHint: '把实验存为文件、打开文件、改配色',
  formulas: '算式',
  formulasHint: '逐个算式看下一步，代入这一步的数（按 I 键）',
  largeCurves: '放大并比较',
  nextStep: '拆开下一步',
  dropHint: '把表格文件拖到页面任意处，或',
  chooseFile: '选择文件',
  paste: '粘贴',
  pasteHint: '粘贴一张表格；在页面任意处按 Ctrl+V 也行',
  linkNote: '链接放不下这张表格。它保存在本机浏览器里，下次打开还在；要给别人，请发送文件，或改用较少的行。',
  narration: '正在发生什么',
  narrationIdle: '把速度调成“逐步讲解”，或者单步走，这里就讲正在发生什么。',
  variantHint: {
    simd: '基准版本：在任何浏览器里逐位相同',
    relaxed: '宽松 SIMD 版本：末几位可能与基准版本不同',
  },
};
