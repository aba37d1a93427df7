// 流程图各阶段：进行到哪里了。
import type { Part } from '../catalogue';
import type { stageWords as source } from '../en/stagewords';

export const stageWords: Part<typeof source> = {
  plain: '{stage}：{state}。',
  figure: '{stage}：{state}，{figure}',
  words: {
    idle: '尚未开始',
    running: '正在进行',
    standing: '接下来进行',
    done: '已完成',
    skipped: '已跳过',
    failed: '失败',
  },
};
