// 混淆矩阵的格子和阈值。
import type { Part } from '../catalogue';
import type { judging as source } from '../en/judging';

export const judging: Part<typeof source> = {
  judging: {
    open: '全部指标、曲线与交叉验证',
    part: '看哪一部分数据',
    sealedPart: '测试集（封存）',
    cell: '真实 {truth}，预测 {predicted}：{count}',
    hint: '点一个格子，图上就圈出它的样本。',
    ringed: {
      train: '已圈出训练集中 {count} 个：真实 {truth}，预测 {predicted}。',
      validation: '已圈出验证集中 {count} 个：真实 {truth}，预测 {predicted}。',
      test: '已圈出测试集中 {count} 个：真实 {truth}，预测 {predicted}。',
    },
    noneRinged: '没有真实为 {truth}、预测为 {predicted} 的样本。',
    ringedText: '圈出了混淆矩阵中选定格子的 {count} 个样本。',
    threshold: '判为“{name}”的阈值',
    thresholdHint: '概率达到这个值，就预测为这一类。图上的线是网络给出的概率正好等于它的地方。',
    noThreshold: '不用阈值：哪一类概率大就判为哪一类',
  },
};
