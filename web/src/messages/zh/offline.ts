// 没有网络时的页面，以及它的新版本。
import type { Part } from '../catalogue';
import type { offline as source } from '../en/offline';

export const offline: Part<typeof source> = {
  update: '新版本已经就绪。',
  take: '立即使用',
  takeHint: '重新载入页面；实验不变，训练从头开始',
  later: '以后再说',
  laterHint: '关掉本站的所有标签页之后，下次打开就是新版本',
};
