// 曲线说明了什么，可以怎么办。
import type { Part } from '../catalogue';
import type { diagnosis as source } from '../en/diagnosis';

export const diagnosis: Part<typeof source> = {
  diagnosis: {
    title: '曲线说明了什么',
    early: '再训练几轮，就看得出名堂了。',
    sound: '正常：两条损失曲线一起下降。',
    overfitting: '过拟合：第 {epoch} 轮以后，训练损失还在降，验证损失却从 {best} 升到了 {now}，是在死记。',
    underfitting: '欠拟合：损失不再下降，可训练集自己也只有 {score}。网络太简单，或者被管得太严。',
    diverging: '发散：损失不降反升。每一步都迈得太大。',
    cures: {
      dropout: ['随机失活', '每一步随机关掉五分之一的隐藏神经元，谁也不能只靠某个邻居'],
      l2: ['约束权重', 'L2：权重大了要付代价，学到的东西更平滑'],
      early_stopping: ['及时停下', '连续 20 轮没有进步就结束，并取回最好的权重'],
      more_data: ['四倍的点', '在更多的点上都成立的规律，更不会是巧合'],
      more_neurons: ['更多神经元', '每层加倍；没有隐藏层就加一层'],
      less_penalty: ['放开手脚', '不用随机失活，也不约束权重'],
      lower_rate: ['学习率降到十分之一', '步子小了，就不会跨过谷底'],
      clip: ['截断梯度', '任何一步都不比长度为 1 的梯度走得更远'],
    },
  },
};
