// 逐步讲解：每个环节一句话，带上当时的数。
import type { Part } from '../catalogue';
import type { motion as source } from '../en/motion';

export const motion: Part<typeof source> = {
  phases: {
    prepare: ['数据预处理', '生成或读入 {rows} 行数据，每行 {columns} 个特征。'],
    clean: ['数据清洗', '去掉 {removed} 行：读不懂的、有缺失的、重复的、离群的。'],
    cleanLabels: ['数据清洗', '去掉 {removed} 行；另有 {relabelled} 行标签可疑，改了标签。'],
    augment: ['数据增强', '添上 {added} 个变换过的副本，让网络见到的比原有数据更多。'],
    split: [
      '数据集划分',
      '{train} 行用来训练，{validation} 行用来验证，{test} 行封存到最后。各列只按训练集来缩放。',
    ],
    batch: [
      '取一批',
      '第 {epoch} 轮第 {batch} / {batches} 批：取 {batch_rows} 个训练样本，每轮的次序都重新打乱。',
    ],
    forward: ['前向计算', '{batch_rows} 个样本依次穿过全部 {layers} 层：加权求和、激活、给出回答。'],
    loss: ['算损失', '把回答同目标相比：平均损失是 {loss}。'],
    backward: [
      '反向传播',
      '从损失一层一层推回去，{parameters} 个参数各得到自己的梯度；整个梯度的长度是 {gradient}。',
    ],
    update: [
      '更新权重',
      '优化器让每个参数逆着梯度走一小步，学习率 {learning_rate}，合起来移动了 {change}。这是第 {step} 步。',
    ],
    rest: ['其余各批', '第 {epoch} 轮第 {batch} / {batches} 批：同样的事一批一批地再做。损失 {loss}。'],
    single: [
      '走一批',
      '第 {epoch} 轮，{batches} 批走了 {batch} 批：刚才这批的损失是 {loss}，权重按学习率 {learning_rate} 走了一步。',
    ],
    train: ['模型训练', '每个训练样本都用过一次；最后一批的损失是 {loss}。'],
    evaluate: [
      '模型评估',
      '第 {epoch} 轮之后，让网络回答 {validation_rows} 个从不参与训练的验证样本：损失 {loss}，F1 {f1}。',
    ],
    evaluateValues: [
      '模型评估',
      '第 {epoch} 轮之后，让网络回答 {validation_rows} 个从不参与训练的验证样本：损失 {loss}，R² {r2}。',
    ],
    optimise: [
      '模型优化',
      '验证损失若不再下降，就调低学习率。现在是 {learning_rate}，已调低 {reductions} 次。',
    ],
    done: ['结束？', '{max_epochs} 轮走完了 {epoch} 轮，接着训练。'],
    doneOver: ['结束？', '{max_epochs} 轮走完了 {epoch} 轮，训练到此为止。'],
    finish: ['结束', '打开封存的测试集，只此一次：{rows} 行，准确率 {accuracy}。'],
    finishValues: ['结束', '打开封存的测试集，只此一次：{rows} 行，R² {r2}。'],
  },
};
