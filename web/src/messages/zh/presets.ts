// 从哪里开始：页面自带的实验。
import type { Part } from '../catalogue';
import type { presets as source } from '../en/presets';

export const presets: Part<typeof source> = {
  presets: {
    neuron: ['一个神经元', '一个 sigmoid 神经元逐个样本地学，每一步都能拿笔验算'],
    listing: [
      '第一段代码',
      '32 个随机样本，训练 1000 步，每 100 步打印一行；目标是随机的，损失停在 1/12 左右',
    ],
    spiral: ['螺旋', '两条缠在一起的螺旋，靠两个隐藏层解开'],
    iris: ['鸢尾花', '凭花的大小分辨三种鸢尾；真实的表格，里面有一行重复'],
    digits: ['手写数字', '8 × 8 像素的手写数字：64 列，10 类'],
    overfit: ['过拟合', '点少、噪声大，网络却太大：训练损失下降，验证损失反而上升'],
    waves: ['波浪', '山谷相间的曲面：学的是数值，不是类别'],
    residual: ['残差连接', '三个带层归一化的块，后一块加在前一块上，用来分四个环'],
  },
  scratch: '从头开始',
  scratchHint: '回到默认实验，并忘掉浏览器里保存的当前实验',
};
