// 页面上方的对话框和单子：全部设置、快捷键。
import type { Part } from '../catalogue';
import type { shell as source } from '../en/shell';

export const shell: Part<typeof source> = {
  close: '关闭',
  missingPart: '页面的一部分没能取到。请检查网络后再试一次，或刷新页面。',
  shortcuts: {
    title: '键盘',
    open: '键盘快捷键',
  },
};
