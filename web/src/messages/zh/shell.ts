// 各对话框共用的话，以及某一部分没能取到时说的话。
import type { Part } from '../catalogue';
import type { shell as source } from '../en/shell';

export const shell: Part<typeof source> = {
  close: '关闭',
  missingPart: '页面的一部分没能取到。请检查网络后再试一次，或刷新页面。',
};
