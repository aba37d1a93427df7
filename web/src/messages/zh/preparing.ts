// 清洗与增强带来了什么：有无清洗的得分，增强前后的样本。
import type { Part } from '../catalogue';
import type { preparing as source } from '../en/preparing';

export const preparing: Part<typeof source> = {
  preparing: {
    trial: '清洗对得分的影响',
    trialOpen: '对得分的影响',
    trialMeaning:
      '同一个实验训练两遍，一遍不清洗，一遍清洗：种子相同，轮数相同，都不提前结束。有缺失值的行两遍都照设置处理，因为网络没法接收空缺。',
    trialCaution:
      '两遍各用自己的验证集来评。清洗掉的行也不在验证集里，所以得分变高，可能有一部分只是因为难的行不见了。',
    begin: '训练这两遍',
    cancel: '取消',
    variant: '做法',
    variants: { without: '不清洗', cleaned: '清洗' },
    rows: '训练行数',
    difference: '相差',
    percentPoints: '{value} 个百分点',
    running: '正在训练第 {number} 遍，共 {count} 遍……',
    done: '两遍都已训练完。',
    cancelled: '已取消。',
    stopped: '训练时引擎停了，请重新开始。',
    old: '此后设置又改过。',
    samples: '增强前后',
    samplesTitle: '增强前后的训练样本',
    before: '增强前：{count} 个样本',
    after: '增强后：{count} 个样本',
    beforeText: '以 {x} 和 {y} 为坐标的 {count} 个训练样本，圈出的是第 {number} 个。',
    afterText: '加上 {copies} 个副本之后；圈出的是第 {number} 个样本和它的副本，用线连着。',
    sample: '样本',
    what: '行',
    original: '样本本身',
    copy: '副本 {number}',
    noCopies: '这个样本没有副本。',
    more: '另有 {count} 个',
    samplesNote: '只有训练样本才有副本。留作验证和测试的样本，其副本在划分时丢弃，评估时不会用到。',
  },
};
