// 还空着的地方：将来这里有什么，怎样才会有。
import type { Part } from '../catalogue';
import type { empty as source } from '../en/empty';

export const empty: Part<typeof source> = {
  empty: {
    data: '手上这张纸，点还不够。在图上画出两类点，它们就是数据。',
    dataValues: '手上这张纸，点还不够。在图上再画一些，它们就是数据。',
    sheet: '选类别 1，在纸上拖一笔；再选类别 2，在别处拖一笔；然后按“开始”。',
    sheetValues: '选一个数值，在纸上拖一笔；换一个数值，在别处再拖一笔；然后按“开始”。',
    network: '按“开始”，就看得到权重。',
    picture: '先画数据点，再画网络对每一处的回答：请按“开始”。',
    axes: ['横轴', '纵轴'],
    others: '其余各列取平均值',
    plane: '共 {count} 列，图上只画其中两列，其余各列固定取平均值。',
    loss: '这里画每一轮之后的损失：请按“开始”或“一轮”。',
    lossSoon: '第一轮正在进行，走完就有第一个点。',
    score: '这里画每一轮之后的{score}。',
    confusion: '评估过一轮，才有真实与预测的对照。',
    confusionNothing: '这里统计留作验证的样本；现在的划分一个也没有留。',
    measures: '每走一轮算一次：请按“开始”。',
    log: '第一步和每满 100 步各记一行：请按“开始”。',
    large: '从第一轮起，这次训练的曲线就画在这里：请按“开始”。',
    cleaned: '清洗时去掉或改动的行列在这里；这份数据一行也没有动。',
    cleanedLater: '清洗之后，去掉或改动的行就列在这里。',
  },
};
