// 从正在训练的网络里删去一个神经元。
import type { LaterCatalogue } from '../catalogue';

export const removal: LaterCatalogue['removal'] = {
  remove: '删去这个神经元',
  hint: '在网络图上选中它，按 Delete 键也可以',
  note: '其余权重不变，训练接着进行。链接只记下还剩几个神经元。',
  early: '网络还没有建立，训练第一步时才会建立。',
  told: '已删去。第 {layer} 层还有 {units} 个神经元，训练损失 {loss}。',
};
