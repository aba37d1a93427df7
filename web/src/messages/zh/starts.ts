// 从哪里开始：能看到什么，可以试什么。
import type { Part } from '../catalogue';
import type { starts as source } from '../en/starts';

export const starts: Part<typeof source> = {
  starts: {
    open: '入门',
    openHint: '五个上手的实验（N）',
    title: '想从哪里开始？',
    see: '会看到',
    attempt: '试一试',
    note: '选一张卡片，就换掉页面上现在的实验。',
    cards: {
      neuron: {
        title: '一个神经元',
        see: '一个神经元逐个样本地挪动一条直线，直到把两类点分开；每一步的算式和数字都摆在眼前。',
        attempt: '先按几次“一批”，拿笔验算；再按“开始”，让它自己走完。',
      },
      spiral: {
        title: '螺旋',
        see: '两个隐藏层怎样解开两条缠在一起的螺旋：先是几条直边，后来边界就顺着旋臂弯了过去。',
        attempt: '删去一层，或者每层只留两个神经元，看还解不解得开。',
      },
      iris: {
        title: '鸢尾花',
        see: '150 朵真实的鸢尾，三个品种，每朵量了四个长度。有一种一眼就能分出来，另外两种却有些混杂。',
        attempt: '在混淆矩阵里找出错在哪两种之间，再给图换两条坐标轴。',
      },
      overfit: {
        title: '来，让我过拟合',
        see: '训练损失一路下降，验证损失却掉头往上：点少，噪声大，网络又太大，只好死记硬背。',
        attempt: '等页面说出“过拟合”，在曲线下面选一个办法，点一下。',
      },
      own: {
        title: '自己画的点',
        see: '一张白纸，一支画笔。您画下两群点，网络来学怎样分开它们。',
        attempt: '画好两类就按“开始”；再画一个圈套住一团，或者故意画错几个点。',
      },
    },
  },
};
