// 嵌入到别处的页面，以及从链接来的实验。
import type { Part } from '../catalogue';
import type { embed as source } from '../en/embed';

export const embed: Part<typeof source> = {
  run: '开始',
  runHint: '这个实验由别人设置。按下按钮才会运行，只在这个标签页里。',
  option: '页面地址里的 {option} 写了“{value}”，没有这个取值；可用的有：{allowed}。',
  open: '嵌入',
  openHint: '把这个实验放进您自己的网页：生成代码，并可预览',
};
