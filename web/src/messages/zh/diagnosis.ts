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
    chance: '没有学进去：损失和瞎猜差不多。多半是学习率太大，或者太小。',
    rate_high: '没有学进去：损失跳来跳去，和瞎猜差不多。学习率太大了。',
    rate_low: '几乎没在学：损失在降，但降得太慢。学习率太小了。',
    cures: {
      dropout: ['随机失活', '每一步随机关掉五分之一的隐藏神经元，谁也不能只靠某个邻居'],
      l2: ['约束权重', 'L2：权重大了要付代价，学到的东西更平滑'],
      early_stopping: ['及时停下', '连续 20 轮没有进步就结束，并取回最好的权重'],
      more_data: ['四倍的点', '在更多的点上都成立的规律，更不会是巧合'],
      more_neurons: ['更多神经元', '每层加倍；没有隐藏层就加一层'],
      less_penalty: ['放开手脚', '不用随机失活，也不约束权重'],
      lower_rate: ['学习率降到十分之一', '步子小了，就不会跨过谷底'],
      raise_rate: ['学习率放大十倍', '步子大了，才走得动'],
      clip: ['截断梯度', '任何一步都不比长度为 1 的梯度走得更远'],
    },
    taken: {
      anew: '{cure}：已用上，从头训练。',
      back: '{cure}：已用上，回到最后正常的一轮，接着训练。',
      set: '{cure}：已用上。',
    },
    effectSoon: '再过一轮，这里就能看到效果。',
    effect: {
      runs: {
        both: '同在第 {epoch} 轮，之前 → 现在：验证损失 {validation}，与训练损失的差距 {gap}。',
        train: '同在第 {epoch} 轮，之前 → 现在：训练损失 {train}。',
      },
      epochs: {
        both: '第 {epoch} 轮 → 现在：验证损失 {validation}，与训练损失的差距 {gap}。',
        train: '第 {epoch} 轮 → 现在：训练损失 {train}。',
      },
    },
  },
};
